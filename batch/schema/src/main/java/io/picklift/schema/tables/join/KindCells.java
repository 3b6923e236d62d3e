package io.picklift.schema.tables.join;

import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.ScalarKind;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.KindNames;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.walk.MappingWalk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which of the columns that share one place say what stands there. The kind column decides; where
 * there is none, the one that is not NULL.
 */
final class KindCells {
  /** By table and column the rows whose cell says nothing. */
  private final BitSet[][] silent;

  /** By table the columns of numbers that are special. */
  private final int[][] specials;

  KindCells(Mapping mapping) {
    int tables = mapping.tables().size();
    silent = new BitSet[tables][];
    specials = new int[tables][];
    for (TableMapping table : mapping.tables()) {
      List<StoredColumn> stored = table.stored();
      silent[table.number()] =
          Stream.generate(BitSet::new).limit(stored.size()).toArray(BitSet[]::new);
      specials[table.number()] =
          IntStream.range(0, stored.size()).filter(i -> isSpecial(stored.get(i))).toArray();
    }
  }

  private static boolean isSpecial(StoredColumn column) {
    ColumnMapping mapped = column.mapping();
    return mapped != null
        && column.role() == StoredColumn.Role.VALUE
        && mapped.options().only() == ScalarKind.SPECIAL;
  }

  /** Whether a cell says nothing, another being the value's. */
  boolean isSilent(int table, int row, int column) {
    return silent[table][column].get(row);
  }

  /** Notes that a cell says nothing. */
  void silence(int table, int row, int column) {
    silent[table][column].set(row);
  }

  /** Whether a cell is one that may give its value; notes it where it is not. */
  boolean holds(TableRows rows, int column, int row, int[] nodes, NodeValueReader values) {
    ColumnMapping mapped = rows.table().stored().get(column).mapping();
    if (mapped == null
        || (nodes[column] == MappingWalk.ABSENT && mapped.options().kind() == null)) {
      return true;
    }
    boolean isExclusive =
        mapped.options().isOfOneKind() || mapped.type().base() == ColumnType.Base.DATETIME;
    boolean isSilent = isSpecial(rows, column, row, nodes);
    if (!isSilent && isExclusive) {
      isSilent =
          mapped.options().kind() == null
              ? isElsewhere(rows, column, row, nodes)
              : isOther(rows, column, row, nodes[column], mapped, values);
    }
    if (isSilent) {
      silent[rows.table().number()][column].set(row);
    }
    return !isSilent;
  }

  /** NULL beside a column of the same place that has a number which none of numbers holds. */
  private boolean isSpecial(TableRows rows, int column, int row, int[] nodes) {
    int[] candidates = specials[rows.table().number()];
    if (candidates.length == 0 || !rows.column(column).isNull(row)) {
      return false;
    }
    for (int special : candidates) {
      if (special != column
          && nodes[special] == nodes[column]
          && !rows.column(special).isNull(row)) {
        return true;
      }
    }
    return false;
  }

  /** NULL beside a column of the same place that holds a value. */
  private static boolean isElsewhere(TableRows rows, int column, int row, int[] nodes) {
    if (!rows.column(column).isNull(row)) {
      return false;
    }
    List<StoredColumn> stored = rows.table().stored();
    for (int i = 0; i < stored.size(); i++) {
      if (i != column
          && stored.get(i).role() == StoredColumn.Role.VALUE
          && nodes[i] == nodes[column]
          && !rows.column(i).isNull(row)) {
        return true;
      }
    }
    return false;
  }

  /** Of another kind than the kind column says: NULL, or still the value that stood here before. */
  private static boolean isOther(
      TableRows rows, int column, int row, int node, ColumnMapping mapped, NodeValueReader values) {
    String kind = kind(rows, row, mapped);
    String own = own(mapped);
    if (kind == null || kind.equals(own) || !KindNames.isLabel(kind)) {
      return false;
    }
    return rows.column(column).isNull(row)
        || (node >= 0 && KindNames.label(values.type(node)).equals(own));
  }

  /**
   * What a kind column says that the other cells do not, and what the user does about it.
   *
   * @param shown the rows of the graph that is made of the cells
   */
  String contradiction(TableRows rows, TableRows shown, int column, int row) {
    TableMapping table = rows.table();
    String name = table.stored().get(column).name();
    String says = text(rows, column, row);
    // By kind the columns of the place, and of them those that have a value.
    Map<String, String> columns = new LinkedHashMap<>();
    Map<String, String> filled = new LinkedHashMap<>();
    for (int i = 0; i < table.stored().size(); i++) {
      StoredColumn other = table.stored().get(i);
      ColumnMapping mapped = other.mapping();
      if (mapped != null
          && other.role() == StoredColumn.Role.VALUE
          && name.equals(mapped.options().kind())) {
        columns.put(own(mapped), table.name() + "." + other.name());
        if (!rows.column(i).isNull(row)) {
          filled.put(own(mapped), table.name() + "." + other.name());
        }
      }
    }
    String kind = table.name() + "." + name;
    if (says != null && !columns.containsKey(says) && !says.equals("none")) {
      return "is '"
          + says
          + "' by "
          + kind
          + ", and no column stores that kind: set "
          + kind
          + " to '"
          + String.join("', '", columns.keySet())
          + "' or 'none'";
    }
    List<String> ways = new ArrayList<>();
    boolean isFilled = filled.remove(String.valueOf(says)) != null;
    if (columns.containsKey(String.valueOf(says)) && !isFilled) {
      ways.add("put a value of that kind into " + columns.get(says));
    } else if (says != null && !filled.isEmpty()) {
      ways.add("set " + String.join(" and ", filled.values()) + " to NULL");
    }
    if (filled.size() == 1) {
      ways.add("set " + kind + " to '" + filled.keySet().iterator().next() + "'");
    } else if (filled.isEmpty() && !isFilled) {
      String is = text(shown, column, row);
      ways.add("set " + kind + " to " + (is == null ? "NULL" : "'" + is + "'"));
    }
    return "is "
        + (says == null ? "of no kind" : "'" + says + "'")
        + " by "
        + kind
        + ", but not by the other cells"
        + (ways.isEmpty() ? "" : ": " + String.join(", or ", ways));
  }

  /** Whether the row's kind column says that this column has its value. */
  static boolean isTold(TableRows rows, int column, int row) {
    ColumnMapping mapped = rows.table().stored().get(column).mapping();
    return mapped != null
        && mapped.options().kind() != null
        && own(mapped).equals(kind(rows, row, mapped));
  }

  private static @Nullable String text(TableRows rows, int column, int row) {
    ColumnData cells = rows.column(column);
    return cells.isNull(row)
        ? null
        : new String(
            Arrays.copyOfRange(cells.pool(), cells.start(row), cells.end(row)),
            StandardCharsets.UTF_8);
  }

  private static String own(ColumnMapping mapped) {
    ScalarKind only = mapped.options().only();
    ScalarKind own = only == null ? ScalarKind.of(mapped.type(), mapped.options().isUtc()) : only;
    return own == null ? "other" : own.label();
  }

  private static @Nullable String kind(TableRows rows, int row, ColumnMapping mapped) {
    int number = rows.table().columnNumber(String.valueOf(mapped.options().kind()));
    return text(rows, number, row);
  }
}
