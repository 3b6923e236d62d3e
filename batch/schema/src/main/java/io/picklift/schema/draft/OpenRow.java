package io.picklift.schema.draft;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.profile.ValueProfile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table's row while its columns are found: the places still to look at, and the columns. */
final class OpenRow {
  /** Names of what used to stand there alone before it became an object. */
  private static final List<String> MAIN_TEXTS = List.of("value", "text", "title", "name", "label");

  private final TableBuilder builder;
  private final TableDraft table;
  private final RenamedPlaces renamed;
  private final Deque<Place> waiting = new ArrayDeque<>();

  /** Scalar columns of places that have objects or dicts as well. */
  private final List<ColumnDraft> lone = new ArrayList<>();

  /**
   * A place to look at.
   *
   * @param path in the row
   * @param name of its column; empty where the place is the row itself and has none
   */
  record Place(ValueProfile profile, ValuePath path, String name) {
    boolean isRow() {
      return path.steps().isEmpty();
    }

    String nameOr(String other) {
      return name.isEmpty() ? other : name;
    }
  }

  OpenRow(TableBuilder builder, TableDraft table) {
    this.builder = builder;
    this.table = table;
    renamed = new RenamedPlaces(builder.profile(), table);
  }

  TableBuilder builder() {
    return builder;
  }

  TableDraft table() {
    return table;
  }

  void push(Place place) {
    waiting.push(place);
  }

  /** Puts places on the list so that the first of them comes next. */
  void pushAll(List<Place> found) {
    for (int i = found.size() - 1; i >= 0; i--) {
      waiting.push(found.get(i));
    }
  }

  /** The next place to look at; null where there is none left. */
  @Nullable Place next() {
    return waiting.poll();
  }

  /** Whether the table has room for so many columns beside those of the places that wait. */
  boolean hasRoom(int columns) {
    return builder.hasRoom(table, columns + waiting.size());
  }

  /** The members of a place, each renamed one with what it was before. */
  Map<String, ValueProfile> members(ValueProfile of, ValuePath path) {
    return renamed.members(of, path);
  }

  void leaveOut(Place place, String why) {
    table.leaveOut(place.path(), why);
  }

  void add(ColumnDraft column) {
    renamed.note(column);
    builder.add(table, column);
  }

  /**
   * Adds a column of single values.
   *
   * @param isLone whether other things than single values stand in its place as well
   */
  void addValue(ColumnDraft column, boolean isLone) {
    if (isLone) {
      lone.add(column);
    } else {
      add(column);
    }
  }

  /** Adds a JSON column, and says why the place is one. */
  void json(Place place, String why) {
    String name = NameMaker.column(place.nameOr("value"), table.names);
    add(new ColumnDraft(name, place.path(), ColumnType.of(ColumnType.Base.JSON), null, why));
  }

  /** Adds the columns that had to wait for all others. */
  void addLone() {
    lone.forEach(this::mergeOrAdd);
  }

  /** What older saves have as a text alone is the main text of what newer ones have. */
  private void mergeOrAdd(ColumnDraft alone) {
    for (String main : MAIN_TEXTS) {
      ValuePath path = alone.path.then(new ValuePath.Name(main));
      for (ColumnDraft column : table.columns) {
        boolean areTexts =
            alone.type.base().isText()
                && alone.options.only() == null
                && column.type.base().isText()
                && column.options.only() == null;
        if (areTexts && column.path.equals(path)) {
          column.aka.add(alone.path);
          column.type = ColumnPolicy.wider(column.type, alone.type);
          column.comment = "some saves have the text alone";
          return;
        }
      }
    }
    alone.comment = alone.comment.isEmpty() ? "where it is a value alone" : alone.comment;
    add(alone);
  }

  /** The name of a column that belongs to something with a name; {@code prefix} may be empty. */
  static String join(String prefix, String name) {
    return prefix.isEmpty()
        ? NameMaker.snake(name)
        : prefix + "_" + NameMaker.snake(name).replaceFirst("^n(?=\\d)", "");
  }

  /** Whether a path can name a member. A lone surrogate cannot stand in a file. */
  static boolean isPathName(String name) {
    return !name.isEmpty()
        && name.chars().noneMatch(c -> Character.isSurrogate((char) c) || c < ' ');
  }
}
