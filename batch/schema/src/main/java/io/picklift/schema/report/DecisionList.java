package io.picklift.schema.report;

import io.picklift.schema.drift.MappedPlaces;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.scalar.ScalarProfile;
import io.picklift.schema.report.Decision.Topic;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The decisions that a mapping asks of its owner: from its columns, from what the profile shows at
 * their places, and from the comments that the mapping's lines have.
 */
final class DecisionList {
  private static final Pattern TABLE = Pattern.compile("  ([A-Za-z_]\\w*):");
  private static final Pattern COLUMN = Pattern.compile(" {6}([A-Za-z_]\\w*):.*");
  private static final Pattern COMMENT = Pattern.compile(".* # (.*)");
  private static final String LEFT_OUT = "    residue:";
  private static final String LEFT_OUT_LINE = "      - ";

  /** A text of so much of the longest that fits is near the end; a number likewise. */
  private static final double NEAR = 0.8;

  private final List<Decision> decisions = new ArrayList<>();

  private DecisionList() {}

  /** The decisions by topic, then by line. */
  static List<Decision> of(Profile profile, Mapping mapping, String text) {
    DecisionList list = new DecisionList();
    list.classes(mapping);
    MappedPlaces places = new MappedPlaces(profile, mapping);
    for (Map.Entry<StoredColumn, List<ValueProfile>> column : places.columns().entrySet()) {
      ColumnMapping from = column.getKey().mapping();
      if (from != null) {
        String where = places.table(column.getKey()).name() + "." + from.name();
        list.column(where, from, column.getValue());
      }
    }
    list.comments(text);
    list.decisions.sort(Comparator.comparing(Decision::topic).thenComparingInt(Decision::line));
    return list.decisions;
  }

  private void classes(Mapping mapping) {
    for (TableMapping table : mapping.tables()) {
      if (table.source() instanceof RowSource.OfClass of && of.classes().size() > 1) {
        add(Topic.CLASSES, table.name(), String.join(", ", of.classes()), table.line());
      }
    }
  }

  private void column(String where, ColumnMapping column, List<ValueProfile> places) {
    if (column.options().isUtc()) {
      long zones = places.stream().mapToLong(place -> place.count(ValueKind.INSTANT)).sum();
      add(Topic.ZONES, where, count(zones, "value has a zone", "values have zones"), column.line());
    }
    if (column.options().kind() != null) {
      add(Topic.KINDS, where, column.type().sql() + " of " + column.path(), column.line());
    }
    if (!column.aka().isEmpty()) {
      add(Topic.RENAMES, where, column.path() + ", before that " + column.aka(), column.line());
    }
    for (ValueProfile place : places) {
      ScalarProfile scalars = place.scalars();
      if (scalars != null) {
        size(where, column, scalars);
      }
    }
  }

  private void size(String where, ColumnMapping column, ScalarProfile scalars) {
    ColumnType type = column.type();
    if (type.base().isInteger() && scalars.hasInts()) {
      BigInteger largest = scalars.intMax().max(scalars.intMin().negate());
      BigInteger beyond = largest.multiply(BigInteger.valueOf(5)).divide(BigInteger.valueOf(4));
      if (type.isInRange(largest) && !type.isInRange(beyond)) {
        add(Topic.SIZES, where, type.sql() + " has values up to " + largest, column.line());
      }
    } else if (type.base() == ColumnType.Base.VARCHAR && !scalars.characters().isEmpty()) {
      long longest = scalars.characters().max();
      if (longest <= type.size() && longest > type.size() * NEAR) {
        String text = type.sql() + " has texts of up to " + longest + " characters";
        add(Topic.SIZES, where, text, column.line());
      }
    }
  }

  /** What the mapping's own comments say: profile writes them where it decided something. */
  private void comments(String text) {
    String table = "";
    boolean isLeftOut = false;
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher head = TABLE.matcher(line);
      if (head.matches()) {
        table = head.group(1);
      }
      if (isLeftOut && line.startsWith(LEFT_OUT_LINE)) {
        String place = line.substring(LEFT_OUT_LINE.length()).replaceFirst("\\s+# ", ": ").strip();
        if (!place.contains(": the same as ")) {
          add(Topic.LEFT_OUT, table, place, i + 1);
        }
        continue;
      }
      isLeftOut = line.equals(LEFT_OUT);
      Matcher column = COLUMN.matcher(line);
      Matcher comment = COMMENT.matcher(line);
      if (comment.matches()) {
        String where = column.matches() ? table + "." + column.group(1) : table;
        comment(where, comment.group(1), i + 1);
      }
    }
  }

  private void comment(String where, String comment, int line) {
    if (comment.contains("% of the values fit")) {
      add(Topic.UNFIT, where, comment, line);
    } else if (comment.contains("under a new name") && !hasRename(line)) {
      add(Topic.RENAMES, where, comment, line);
    }
  }

  private boolean hasRename(int line) {
    return decisions.stream()
        .anyMatch(known -> known.line() == line && known.topic() == Topic.RENAMES);
  }

  private void add(Topic topic, String where, String text, int line) {
    decisions.add(new Decision(topic, where, text, line));
  }

  private static String count(long count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }
}
