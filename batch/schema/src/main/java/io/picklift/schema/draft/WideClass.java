package io.picklift.schema.draft;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.ValueProfile;
import java.util.Locale;

/**
 * Classes with more attributes than a table has columns. Where most of them had no column, and they
 * hold no objects, all are in one JSON document; else the table has the first ones, and says how
 * many it has not.
 */
final class WideClass {
  /** With fewer attributes than these, at least half of them have a column. */
  private static final int MOST_IN_COLUMNS = 2 * TableBuilder.MOST_COLUMNS;

  private WideClass() {}

  private static int attributes(ClassProfile of) {
    return of.attributeNames().size() + of.attributesLeftOut();
  }

  /** Objects in a document would be told twice, here and in their own table. */
  static boolean isOneDocument(ClassGroup group) {
    ClassProfile of = group.profile();
    return attributes(of) > MOST_IN_COLUMNS
        && !group.isHierarchy()
        && group.contents() == null
        && of.arguments().isEmpty()
        && of.attributes().values().stream().map(ValueProfile::classes).allMatch(c -> c.isEmpty());
  }

  static void document(ClassGroup group, TableDraft table) {
    String all = number(group.profile(), attributes(group.profile()));
    String name = NameMaker.column("attributes", table.names);
    table.columns.add(
        new ColumnDraft(
            name,
            ValuePath.SELF,
            ColumnType.of(ColumnType.Base.JSON),
            null,
            "all " + all + " attributes, by name"));
    table.comments.add(
        all
            + " attributes are too many for columns: JSON_VALUE("
            + name
            + ", '$.NAME') is one of them; one that is asked for often can have a column as well,"
            + " and is then to be changed in both");
    table.notes.add(
        group.name()
            + " has "
            + all
            + " attributes: they are one JSON column, "
            + table.name
            + '.'
            + name);
  }

  /** How many attributes have no place of their own in a profile. */
  static String notFollowed(ClassProfile of) {
    return number(of, of.attributesLeftOut());
  }

  private static String number(ClassProfile of, int names) {
    boolean isBound = of.attributesLeftOut() == ValueProfile.MOST_LEFT_OUT;
    return (isBound ? "at least " : "") + shown(names);
  }

  /** Says how many values of a table have no column for want of room. */
  static void tell(TableDraft table, int notFollowed) {
    int without = table.withoutRoom + notFollowed;
    if (without > 0) {
      String line =
          shown(without)
              + " attributes have no column: a table of a first mapping has "
              + TableBuilder.MOST_COLUMNS
              + " at most";
      table.comments.add(line);
      table.notes.add(table.name + ": " + line);
    }
  }

  private static String shown(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
