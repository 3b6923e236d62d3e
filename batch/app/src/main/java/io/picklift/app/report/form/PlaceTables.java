package io.picklift.app.report.form;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.mapping.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says in which mapped table the value at a place of a save stands, by the mapping alone. Where an
 * object lies in something that the mapping does not name, the tables of all classes that have such
 * an attribute are named.
 */
final class PlaceTables {
  /** A step of a place: an attribute, a key, or a number. */
  private static final Pattern STEP =
      Pattern.compile("\\.?([^.\\[\\]]+)|\\[\"((?:[^\"\\\\]|\\\\.)*)\"[^\\]]*\\]|\\[[^\\]]*\\]");

  private static final String MEMBER = "[]";

  private final Mapping mapping;

  PlaceTables(Mapping mapping) {
    this.mapping = mapping;
  }

  /** The tables' names, separated by {@code " or "}; empty where the value is in none. */
  String of(String place) {
    List<String> steps = steps(place);
    for (TableMapping table : mapping.tables()) {
      if (table.source() instanceof RowSource.Root || table.source() instanceof RowSource.OfClass) {
        String found = steps.isEmpty() ? null : resolve(table, steps, 0);
        if (found != null) {
          return found;
        }
      }
    }
    for (int from = 1; from < steps.size(); from++) {
      Set<String> found = new TreeSet<>();
      for (TableMapping table : mapping.tables()) {
        String one =
            table.source() instanceof RowSource.OfClass ? resolve(table, steps, from) : null;
        if (one != null) {
          found.add(one);
        }
      }
      if (!found.isEmpty()) {
        return String.join(" or ", found);
      }
    }
    return "";
  }

  private static List<String> steps(String place) {
    List<String> steps = new ArrayList<>();
    for (Matcher step = STEP.matcher(place); step.find(); ) {
      if (step.group(1) != null) {
        steps.add(step.group(1));
      } else {
        steps.add(step.group(2) == null ? MEMBER : step.group(2));
      }
    }
    return steps;
  }

  /** The table of what the steps lead to from a row of this one; null for none. */
  private @Nullable String resolve(TableMapping table, List<String> steps, int from) {
    if (from == steps.size()) {
      return table.name();
    }
    for (TableMapping other : mapping.tables()) {
      if (other.source() instanceof RowSource.Each each && each.ownerTable().equals(table.name())) {
        int member = from + each.path().steps().size();
        if (member < steps.size() && leads(each.path(), steps, from)) {
          String found = resolve(other, steps, member + 1);
          if (found != null) {
            return found;
          }
        }
      }
    }
    boolean isIn = false;
    for (StoredColumn column : table.stored()) {
      int end = end(column, steps, from);
      // A member that is an object has its row in the table of its class; no member refers to one.
      boolean isFurther = end > from || (end == from && table.source() instanceof RowSource.Each);
      TableMapping next = isFurther ? referred(column) : null;
      if (next != null && end < steps.size()) {
        String found = resolve(next, steps, end);
        if (found != null) {
          return found;
        }
      }
      isIn |= end >= 0;
    }
    return isIn ? table.name() : null;
  }

  private @Nullable TableMapping referred(StoredColumn column) {
    String name = column.mapping() == null ? null : column.mapping().references();
    return name == null ? null : mapping.table(name);
  }

  /** Where the steps to the column's value end; -1 where they lead elsewhere. */
  private static int end(StoredColumn column, List<String> steps, int from) {
    if (column.mapping() == null) {
      return -1;
    }
    List<ValuePath> paths = new ArrayList<>();
    paths.add(column.mapping().path());
    paths.addAll(column.mapping().aka());
    for (ValuePath path : paths) {
      if (leads(path, steps, from)) {
        return from + path.steps().size();
      }
    }
    return -1;
  }

  private static boolean leads(ValuePath path, List<String> steps, int from) {
    if (from + path.steps().size() > steps.size()) {
      return false;
    }
    int at = from;
    for (ValuePath.Step step : path.steps()) {
      String name = step instanceof ValuePath.Name named ? named.name() : MEMBER;
      if (!steps.get(at++).equals(name)) {
        return false;
      }
    }
    return true;
  }
}
