package io.picklift.schema.tables.split;

import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.residue.ResidueWriter;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.document.JsonDocuments;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnCodec;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.IntList;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.NewThings;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.RowNodes;
import io.picklift.schema.tables.walk.WalkPlan;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** One graph being taken apart. */
public final class GraphSplit implements MappingWalk.Visitor {
  private static final long BYTES_A_NODE = TakenValues.BYTES_A_NODE + MappingWalk.BYTES_A_NODE;

  private final WalkPlan plan;
  private final Memory memory;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final MappingWalk walk;
  private final ValueNotes notes;
  private final NodeValueReader values;
  private final RowValues ofRow;

  /** What {@link #ofRow} read last. */
  private final Scalar value;

  private final JsonDocuments json;
  private final SaveRows rows;

  private final TakenValues taken;

  private final SplitTally tally;
  private final RowCells whole;
  private final BesideCells beside;
  private final UnheldCells unheld;
  private final ArrayNotes arrays;
  private IntList leaves = new IntList();
  private @Nullable NullCells nulls;

  /**
   * Prepares a split.
   *
   * @param rootTable the table whose row the save itself is, or -1
   * @param notes {@link ValueNotes#collecting} of a save to be split, or those of the residue that
   *     a graph comes from
   * @param memory what may be taken beside the meaning
   * @throws LimitException where the tables by node alone are too much
   */
  public GraphSplit(
      WalkPlan plan,
      Meaning meaning,
      long saveId,
      int rootTable,
      RowComputer computer,
      ValueNotes notes,
      Memory memory)
      throws LimitException {
    this.plan = plan;
    this.notes = notes;
    this.memory = memory;
    this.meaning = meaning;
    graph = meaning.graph();
    memory.take(BYTES_A_NODE * graph.size());
    walk = new MappingWalk(plan, meaning, rootTable, notes);
    values = new NodeValueReader(meaning, notes);
    ofRow = new RowValues(meaning, walk, values);
    value = ofRow.value();
    json = new JsonDocuments(walk, meaning, values);
    rows = new SaveRows(plan.mapping, saveId, memory);
    taken = new TakenValues(meaning, values);
    tally = new SplitTally(plan.mapping);
    whole = new RowCells(plan, meaning, json, computer, tally);
    beside = new BesideCells(meaning, ofRow, values, notes, tally);
    unheld = new UnheldCells(plan, meaning, walk, ofRow, tally);
    arrays = new ArrayNotes(walk, meaning, values, notes);
  }

  /** Has the reasons kept why cells are NULL. */
  GraphSplit noting(@Nullable NullCells to) {
    nulls = to;
    unheld.noting(to);
    return this;
  }

  SplitSave run() throws SplitException, LimitException {
    NewThings news =
        plan.mapping.contract().isAsked() ? new NewThings(plan, meaning, values) : null;
    if (news != null) {
      walk.watch(news);
    }
    SaveRows all = rows();
    if (news != null) {
      news.classes(walk);
      NewThings.Found found = news.first();
      if (found != null) {
        throw new SplitException(found);
      }
    }
    tally.needNoRefusal();
    new SameKeys(meaning).need(walk.needed());
    BitSet valueParts = ValueParts.of(meaning, walk.needed());
    walk.frames().structure(walk.needed(), valueParts);
    taken.keep(walk.needed());
    taken.keepElsewhere(walk);
    byte[] residue = ResidueWriter.write(graph, taken.byNode(), notes, memory);
    return new SplitSave(
        all, residue, tally.counts(scalars(valueParts), taken.count(walk.needed())));
  }

  /** The rows alone, whatever does not fit. */
  public SaveRows rows() throws LimitException {
    walk.run(this);
    return rows;
  }

  /** Where the walk found the rows. */
  public MappingWalk walk() {
    return walk;
  }

  /**
   * Whether a cell of an offset follows from that of its date, which was changed: then it may say
   * what it was.
   */
  public boolean isFree(int table, int column, int row) {
    return beside.isFree(table, column, row);
  }

  private int scalars(BitSet parts) {
    int count = 0;
    for (int node = 0; node < graph.size(); node++) {
      Kind kind = graph.kind(node);
      boolean scalar =
          switch (kind) {
            case BOOL, INT, FLOAT, STR, PY2_STR -> true;
            // Of bytes that are written as text, that text is the one that counts.
            case BYTES, BYTEARRAY -> ValueParts.text(graph, node) < 0;
            default -> false;
          };
      boolean isPart = parts.get(node) && !taken.isInColumn(node);
      count += scalar && !isPart && !walk.needed().get(node) ? 1 : 0;
    }
    return count;
  }

  @Override
  public void row(int table, int ordinal, int node, int[] nodes) throws LimitException {
    TableRows to = rows.table(table);
    RowNodes from = walk.rows(table);
    List<StoredColumn> stored = to.table().stored();
    int unfitColumn = -1;
    StringJoiner misfits = new StringJoiner(",");
    ofRow.beginRow(from, ordinal);
    for (int i = 0; i < stored.size(); i++) {
      StoredColumn column = stored.get(i);
      ColumnData cells = to.column(i);
      switch (column.role()) {
        case OWNER -> cells.add(from.owners.get(ordinal));
        case POSITION -> cells.add(from.positions.get(ordinal));
        case CLASS -> beside.className(table, i, column.mapping() == null ? node : nodes[i], cells);
        case REFERENCE -> {
          if (!reference(table, i, column, nodes[i], cells)) {
            unheld.add(i);
          }
        }
        case COMPUTED, SOURCE -> {
          if (!whole.computed(table, i, ordinal, column, node, cells)) {
            misfits.add(column.name());
          }
        }
        case DOCUMENT -> whole.document(table, i, ordinal, column, node, cells);
        case GENERATED -> cells.addNull();
        case OFFSET -> beside.offset(table, i, ordinal, nodes[i], cells);
        case KIND -> beside.kind(table, i, nodes[i], cells);
        case DTYPE, SHAPE -> beside.array(table, i, column, nodes[i], cells);
        case UNFIT -> unfitColumn = i;
        case KEY, VALUE -> {
          if (!cell(table, i, column, nodes[i], cells)) {
            unheld.add(i);
          }
        }
      }
    }
    unheld.tell(to, ordinal, nodes, misfits);
    for (int column : plan.required[table]) {
      if (to.column(column).isNull(to.size()) && !tally.isRefused()) {
        StoredColumn lacking = stored.get(column);
        tally.refuse(
            SplitException.lacking(
                to.table().name(),
                lacking.name(),
                ordinal,
                new ObjectPaths(plan, meaning, walk).cell(table, ordinal, column)));
      }
    }
    if (unfitColumn >= 0) {
      ColumnData cells = to.column(unfitColumn);
      if (misfits.length() == 0) {
        cells.addNull();
      } else {
        cells.add(misfits.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    to.endRow(ordinal);
  }

  @Override
  public void value(int node, int place) {
    taken.met(node, place);
  }

  /** Adds a cell; false where the value is no row that it may refer to, and the cell is NULL. */
  private boolean reference(
      int table, int number, StoredColumn column, int node, ColumnData cells) {
    ColumnMapping mapped = column.mapping();
    if (node == MappingWalk.ABSENT || mapped == null) {
      cells.addNull();
      return true;
    }
    tally.found(table, number);
    if (node >= 0 && graph.kind(node) == Kind.NONE) {
      cells.addNull();
      return true;
    }
    TableMapping target = plan.mapping.table(String.valueOf(mapped.references()));
    boolean isRow =
        node >= 0
            && (graph.kind(node) == Kind.OBJECT || graph.kind(node) == Kind.CALL)
            && target != null
            && walk.table(node) == target.number();
    if (isRow) {
      cells.add(walk.ordinal(node));
    } else {
      cells.addNull();
    }
    return isRow;
  }

  /** Adds a cell; false where the value does not fit, and the cell is NULL. */
  private boolean cell(int table, int number, StoredColumn column, int node, ColumnData cells) {
    ColumnCodec codec = plan.codecs[table][number];
    if (node == MappingWalk.ABSENT) {
      ColumnMapping mapped = column.mapping();
      Object given = mapped == null ? null : mapped.defaultValue();
      if (!ComputedCells.add(given, codec, value, cells)) {
        cells.addNull();
      }
      return true;
    }
    tally.found(table, number);
    if (node < MappingWalk.ABSENT) {
      return element(node, codec, cells);
    }
    if (graph.kind(node) == Kind.NONE || ofRow.isMissing(node)) {
      cells.addNull();
      return true;
    }
    if (codec == null) {
      ColumnMapping mapped = column.mapping();
      boolean isElsewhere =
          mapped != null
              && mapped.options().isOfOneKind()
              && values.type(node) != Scalar.Type.OTHER;
      if (isElsewhere) {
        cells.addNull();
        return false;
      }
      return document(table, number, node, cells);
    }
    values.read(node, value);
    ColumnCodec.Fit fit = codec.encode(value, cells);
    if (fit == ColumnCodec.Fit.UNFIT) {
      cells.addNull();
      return false;
    }
    values.note(node, value);
    taken.decide(node, walk.cellPlace(number), value, fit == ColumnCodec.Fit.EXACT);
    if (fit == ColumnCodec.Fit.SHOWN) {
      taken.show(node);
    }
    return true;
  }

  /** Adds the cell of a value that is no node of its own, and stays where it is. */
  private boolean element(int node, @Nullable ColumnCodec codec, ColumnData cells) {
    if (!ofRow.read(node)) {
      cells.addNull();
      return true;
    }
    boolean fits = codec != null && codec.encode(value, cells) != ColumnCodec.Fit.UNFIT;
    if (!fits) {
      cells.addNull();
    }
    return fits;
  }

  private boolean document(int table, int number, int node, ColumnData cells) {
    leaves = new IntList();
    int cut = json.cut();
    byte[] document =
        json.document(
            node,
            new JsonDocuments.Leaves() {
              @Override
              public void leaf(int leaf, boolean exact) {
                leaves.add(leaf);
                leaves.add(leaf == node ? walk.cellPlace(number) : json.place());
                leaves.add(exact ? 1 : 0);
              }

              @Override
              public void array(int of, long members) {
                arrays.array(of, members);
              }

              @Override
              public void hidden(int of) {
                tally.unfit(table, number, 1);
              }
            });
    arrays.end(node, document);
    if (document == null) {
      cells.addNull();
      return false;
    }
    cells.add(document);
    for (int i = cut; nulls != null && i < json.cut(); i++) {
      nulls.cutIn(table, number);
    }
    for (int i = 0; i < leaves.size(); i += 3) {
      boolean exact = leaves.get(i + 2) == 1;
      if (!exact && values.array(leaves.get(i)) == null) {
        tally.unfit(table, number, 1);
      }
      values.read(leaves.get(i), value);
      values.note(leaves.get(i), value);
      taken.decide(leaves.get(i), leaves.get(i + 1), value, exact);
    }
    return true;
  }
}
