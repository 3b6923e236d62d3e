package io.picklift.schema.tables;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.graph.Meaning;
import io.picklift.codec.graph.Op;
import io.picklift.codec.graph.SaveGraph;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.residue.Residue;
import io.picklift.schema.residue.ResidueException;
import java.util.List;

/**
 * One save being put together: a walk over the graph without its values gives each value its cell;
 * a second one, over the graph with them, tells which cells say something else than the graph now
 * does.
 */
final class Join implements Walk.Visitor {
  private static final byte[] ZERO = {'0'};

  private final Plan plan;
  private final Residue residue;
  private final SaveRows rows;
  private final Fill fill;
  private final SaveGraph blank;
  private final Meaning meaning;
  private final Walk walk;
  private final Values values;
  private final JsonCells json;

  /** Values whose cell is NULL. */
  private final Ints nulls = new Ints();

  private final Scalar value = new Scalar();
  private final Scalar part = new Scalar();
  private final int[] payloads = new int[Values.MOST_PAYLOADS];

  Join(Plan plan, Residue residue, SaveRows rows) throws ResidueException, LimitException {
    this.plan = plan;
    this.residue = residue;
    this.rows = rows;
    Fill distinct = Fill.distinct(residue);
    blank = residue.build(distinct.pool(), distinct);
    meaning = Meaning.of(blank);
    walk = new Walk(plan, meaning);
    values = new Values(meaning);
    json = new JsonCells(walk, meaning, values);
    fill = new Fill(residue);
  }

  SaveGraph run() throws JoinException, ResidueException, LimitException {
    walk.run(this);
    checkRows();
    emptied();
    SaveGraph graph = residue.build(fill.pool(), fill);
    return new Changes(plan, graph, rows).apply();
  }

  /**
   * Values whose cells are all NULL now become None. What is more than one plain value first gets
   * one that is valid, so that {@link Changes} finds it as what it is, and changes it as a whole.
   */
  private void emptied() {
    for (int i = 0; i < nulls.size(); i++) {
      int node = nulls.get(i);
      int count = open(node);
      if (count > 0 && payloads[0] != node) {
        Scalar.Type type = values.type(node);
        switch (type) {
          case DECIMAL, TEXT, BYTES -> value.bytes(type, ZERO);
          case UUID -> value.bytes(type, new byte[16]);
          case FLOAT -> value.real(0);
          default -> value.number(type, 0);
        }
        put(type, count);
      }
    }
    part.none();
    for (int node = 0; node < residue.size(); node++) {
      if (residue.isTaken(node) && !fill.isFilled(node)) {
        fill.put(node, part);
      }
    }
  }

  /** The residue says how many rows there are. */
  private void checkRows() throws JoinException {
    for (TableMapping table : plan.mapping.tables()) {
      TableRows given = rows.table(table.number());
      int wanted = walk.rows(table.number()).size();
      if (given.size() < wanted || !given.isDense()) {
        int ordinal = firstMissing(given);
        if (ordinal < wanted) {
          throw new JoinException(
              JoinException.Reason.ROW_MISSING,
              path(table.number(), ordinal),
              "its row " + ordinal + " is missing in table " + table.name());
        }
      }
      if (given.size() > wanted) {
        throw new JoinException(
            JoinException.Reason.ROW_EXTRA,
            "",
            "table "
                + table.name()
                + " has "
                + given.size()
                + " rows of save "
                + rows.saveId()
                + " and not "
                + wanted
                + ": row "
                + given.ordinal(wanted)
                + " is of nothing in the save");
      }
    }
  }

  private static int firstMissing(TableRows given) {
    int row = 0;
    while (row < given.size() && given.ordinal(row) == row) {
      row++;
    }
    return row;
  }

  private String path(int table, int ordinal) {
    String path = new Paths(plan, meaning, walk).row(table, ordinal);
    return path.isEmpty() ? "." : path;
  }

  @Override
  public void row(int table, int ordinal, int node, int[] nodes) {
    TableRows given = rows.table(table);
    if (ordinal >= given.size()) {
      return;
    }
    List<StoredColumn> stored = given.table().stored();
    for (int i = 0; i < stored.size(); i++) {
      StoredColumn.Role role = stored.get(i).role();
      ColumnData cells = given.column(i);
      boolean holds = role == StoredColumn.Role.VALUE || role == StoredColumn.Role.KEY;
      if (holds && nodes[i] != Walk.ABSENT && cells.isNull(ordinal)) {
        nulls.add(nodes[i]);
      } else if (holds && nodes[i] != Walk.ABSENT) {
        ColumnCodec codec = plan.codecs[table][i];
        if (codec == null) {
          document(nodes[i], cells, ordinal);
        } else {
          cell(codec, nodes[i], cells, ordinal);
        }
      }
    }
  }

  private void cell(ColumnCodec codec, int node, ColumnData cells, int row) {
    int count = open(node);
    if (count > 0) {
      Scalar.Type type = values.type(node);
      codec.decode(cells, row, type, value);
      put(type, count);
    }
  }

  /** How many payload nodes a value has; 0 where none of them still wants its part. */
  private int open(int node) {
    int count = values.payloads(node, payloads);
    for (int i = 0; i < count; i++) {
      if (wants(payloads[i])) {
        return count;
      }
    }
    return 0;
  }

  private boolean wants(int payload) {
    return residue.isTaken(payload) && !fill.isFilled(payload);
  }

  private void put(Scalar.Type type, int count) {
    if (isPlain(type) != isPlain(value.type) || (!isPlain(type) && type != value.type)) {
      return;
    }
    for (int i = 0; i < count; i++) {
      // Another cell may have given one of several parts already.
      if (wants(payloads[i])) {
        values.part(value, i, payloads[i], part);
        fill.put(payloads[i], part);
      }
    }
  }

  private static boolean isPlain(Scalar.Type type) {
    return switch (type) {
      case BOOL, INT, FLOAT, TEXT, BYTES -> true;
      default -> false;
    };
  }

  private void document(int node, ColumnData cells, int row) {
    Object given = JsonText.document(cells, row);
    byte[] ignored =
        json.document(
            node,
            (leaf, exact) -> {
              int count = open(leaf);
              if (count > 0 && JsonText.value(given, json.path(), values.type(leaf), value)) {
                put(values.type(leaf), count);
              }
            });
    if (ignored == null && blank.op(node) == Op.NONE) {
      throw new IllegalStateException("None has no document");
    }
  }
}
