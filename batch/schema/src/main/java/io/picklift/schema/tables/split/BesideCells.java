package io.picklift.schema.tables.split;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.arrays.ArrayReader;
import io.picklift.schema.arrays.ElementType;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.KindNames;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cells that say something about a value beside the one that has it: its class, its kind, a date's
 * offset, an array's type and sizes.
 */
final class BesideCells {
  private static final long SECOND = 1_000_000;

  private final Meaning meaning;
  private final SaveGraph graph;
  private final RowValues values;
  private final NodeValueReader nodes;
  private final ValueNotes notes;
  private final SplitTally tally;
  private final Set<List<Integer>> free = new HashSet<>();

  /** The class that was met last, and its name. */
  private int classNode = -1;

  private byte[] className = {};

  BesideCells(
      Meaning meaning,
      RowValues values,
      NodeValueReader nodes,
      ValueNotes notes,
      SplitTally tally) {
    this.meaning = meaning;
    graph = meaning.graph();
    this.values = values;
    this.nodes = nodes;
    this.notes = notes;
    this.tally = tally;
  }

  /** How far a date's own clock is ahead of UTC, where its instant stands in the column before. */
  void offset(int table, int number, int ordinal, int node, ColumnData cells) {
    boolean isShown = node != MappingWalk.ABSENT && values.typeOf(node) == Scalar.Type.INSTANT;
    if (isShown) {
      tally.found(table, number);
      values.read(node);
    }
    if (isShown
        && values.value().type == Scalar.Type.INSTANT
        && values.value().zone % SECOND == 0) {
      cells.add(values.value().zone / SECOND);
    } else {
      cells.addNull();
    }
    if (isShown && (node < MappingWalk.ABSENT || notes.mayAsk(node))) {
      free.add(List.of(table, number, ordinal));
    }
  }

  /** What kind the value is of; NULL where there is none. */
  void kind(int table, int number, int node, ColumnData cells) {
    if (node == MappingWalk.ABSENT) {
      cells.addNull();
      return;
    }
    tally.found(table, number);
    if (!values.read(node)) {
      values.value().none();
    }
    cells.add(KindNames.label(values.value().type).getBytes(StandardCharsets.US_ASCII));
  }

  /** The type or the sizes of a numpy array. */
  void array(int table, int number, StoredColumn column, int node, ColumnData cells) {
    ArrayReader.Array array = node < 0 ? null : nodes.array(node);
    ElementType of = array == null ? null : array.type();
    String text =
        array == null
            ? null
            : column.role() == StoredColumn.Role.SHAPE
                ? array.shapeText()
                : of == null ? "|O" : of.text();
    if (text == null || text.length() > column.type().size()) {
      cells.addNull();
    } else {
      cells.add(text.getBytes(StandardCharsets.US_ASCII));
    }
    if (node != MappingWalk.ABSENT) {
      tally.found(table, number);
    }
  }

  /**
   * Whether a cell of an offset follows from that of its date, which was changed: then it may say
   * what it was.
   */
  boolean isFree(int table, int column, int row) {
    return free.contains(List.of(table, column, row));
  }

  /** The class of an object; NULL where there is none. */
  void className(int table, int number, int node, ColumnData cells) {
    if (node == MappingWalk.ABSENT) {
      cells.addNull();
      return;
    }
    tally.found(table, number);
    if (node >= 0 && (graph.kind(node) == Kind.OBJECT || graph.kind(node) == Kind.CALL)) {
      byte[] name = className(node);
      if (name.length == 0) {
        cells.addNull();
      } else {
        cells.add(name);
      }
    } else {
      cells.addNull();
    }
  }

  /** Empty where no name is known. */
  private byte[] className(int node) {
    int callable = meaning.callable(node);
    if (callable != classNode) {
      classNode = callable;
      String name = meaning.className(callable);
      className = name == null ? new byte[0] : name.getBytes(StandardCharsets.UTF_8);
    }
    return className;
  }
}
