package io.picklift.schema.tables.split;

import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.arrays.ArrayReader;
import io.picklift.schema.arrays.ElementType;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnOptions;
import io.picklift.schema.mapping.ScalarKind;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.mapping.UnfitPolicy;
import io.picklift.schema.residue.ResidueWriter;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.document.JsonDocuments;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnCodec;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.FrameValues;
import io.picklift.schema.tables.values.IntList;
import io.picklift.schema.tables.values.KindNames;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.NewThings;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.PathNode;
import io.picklift.schema.tables.walk.RowNodes;
import io.picklift.schema.tables.walk.WalkPlan;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** One graph being taken apart. */
public final class GraphSplit implements MappingWalk.Visitor {
  private static final long SECOND = 1_000_000;
  private static final long BYTES_A_NODE = TakenValues.BYTES_A_NODE + MappingWalk.BYTES_A_NODE;

  private final WalkPlan plan;
  private final Memory memory;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final MappingWalk walk;
  private final ValueNotes notes;
  private final NodeValueReader values;
  private final FrameValues frames;
  private final JsonDocuments json;
  private final SaveRows rows;

  private final TakenValues taken;

  /** Columns of the row at hand that cannot hold their value. */
  private final IntList unheld = new IntList();

  private final SplitTally tally;
  private final RowCells whole;
  private final Scalar value = new Scalar();
  private IntList leaves = new IntList();
  private @Nullable NullCells nulls;
  private final Set<List<Integer>> free = new HashSet<>();
  private int classNode = -1;

  /** Which row of a table of pandas or numpy the row at hand is; -1 where it is none. */
  private int frameRow = -1;

  private byte[] className = {};

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
    frames = new FrameValues(meaning, values);
    json = new JsonDocuments(walk, meaning, values);
    rows = new SaveRows(plan.mapping, saveId, memory);
    taken = new TakenValues(meaning, values);
    tally = new SplitTally(plan.mapping);
    whole = new RowCells(plan, meaning, json, computer, tally);
  }

  /** Has the reasons kept why cells are NULL. */
  GraphSplit noting(@Nullable NullCells to) {
    nulls = to;
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
    return new SplitSave(all, residue, tally.counts(scalars(valueParts), taken.count()));
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
      boolean isPart = parts.get(node) && taken.isKept(node);
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
    frameRow = from.isInFrame(ordinal) ? from.positions.get(ordinal) : -1;
    for (int i = 0; i < stored.size(); i++) {
      StoredColumn column = stored.get(i);
      ColumnData cells = to.column(i);
      switch (column.role()) {
        case OWNER -> cells.add(from.owners.get(ordinal));
        case POSITION -> cells.add(from.positions.get(ordinal));
        case CLASS -> className(table, i, column.mapping() == null ? node : nodes[i], cells);
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
        case OFFSET -> offset(table, i, ordinal, nodes[i], cells);
        case KIND -> kind(table, i, nodes[i], cells);
        case DTYPE, SHAPE -> array(table, i, nodes[i], column.role(), cells);
        case UNFIT -> unfitColumn = i;
        case KEY, VALUE -> {
          if (!cell(table, i, column, nodes[i], cells)) {
            unheld.add(i);
          }
        }
      }
    }
    if (nulls != null) {
      noteNone(to, ordinal, nodes);
    }
    for (int i = 0; i < unheld.size(); i++) {
      int column = unheld.get(i);
      if (!isHeld(to, ordinal, nodes, column) && isToldBy(stored, nodes, i)) {
        note(table, ordinal, column, nodes[column]);
        misfit(table, column, ordinal, stored.get(column));
        misfits.add(stored.get(column).name());
      }
    }
    unheld.clear();
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

  /** Keeps what a NULL cell does not say. */
  private void note(int table, int row, int column, int node) {
    if (nulls != null && node >= 0) {
      nulls.value(table, row, column, meaning, node);
    } else if (nulls != null && node < MappingWalk.ABSENT) {
      read(node);
      nulls.element(table, row, column, value);
    }
  }

  private void noteNone(TableRows row, int ordinal, int[] nodes) {
    NullCells to = nulls;
    for (int i = 0; to != null && i < row.table().stored().size(); i++) {
      StoredColumn.Role role = row.table().stored().get(i).role();
      boolean isOne =
          role == StoredColumn.Role.VALUE
              || role == StoredColumn.Role.KEY
              || role == StoredColumn.Role.REFERENCE;
      int node = isOne && row.column(i).isNull(ordinal) ? nodes[i] : MappingWalk.ABSENT;
      if (node != MappingWalk.ABSENT && isNone(node)) {
        to.none(row.table().number(), ordinal, i);
      }
    }
  }

  /** Whether None stands there, or what stands for it in a table of pandas or numpy. */
  private boolean isNone(int node) {
    boolean isInFrame = node < MappingWalk.ABSENT || frameRow >= 0;
    return isInFrame ? !read(node) : graph.kind(node) == Kind.NONE;
  }

  /** How far a date's own clock is ahead of UTC, where its instant stands in the column before. */
  private void offset(int table, int number, int ordinal, int node, ColumnData cells) {
    boolean isShown = node != MappingWalk.ABSENT && typeOf(node) == Scalar.Type.INSTANT;
    if (isShown) {
      tally.found(table, number);
      read(node);
    }
    if (isShown && value.type == Scalar.Type.INSTANT && value.zone % SECOND == 0) {
      cells.add(value.zone / SECOND);
    } else {
      cells.addNull();
    }
    if (isShown && (node < MappingWalk.ABSENT || notes.mayAsk(node))) {
      free.add(List.of(table, number, ordinal));
    }
  }

  private void kind(int table, int number, int node, ColumnData cells) {
    if (node == MappingWalk.ABSENT) {
      cells.addNull();
      return;
    }
    tally.found(table, number);
    if (!read(node)) {
      value.none();
    }
    cells.add(KindNames.label(value.type).getBytes(StandardCharsets.US_ASCII));
  }

  /** The type or the sizes of a numpy array. */
  private void array(int table, int number, int node, StoredColumn.Role role, ColumnData cells) {
    ArrayReader.Array array = node < 0 ? null : values.array(node);
    ElementType of = array == null ? null : array.type();
    String text =
        array == null
            ? null
            : role == StoredColumn.Role.SHAPE ? array.shapeText() : of == null ? "|O" : of.text();
    if (text == null
        || text.length() > plan.mapping.tables().get(table).stored().get(number).type().size()) {
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
  public boolean isFree(int table, int column, int row) {
    return free.contains(List.of(table, column, row));
  }

  /**
   * Whether a value that no column of its place holds counts for this one of them: for the one of
   * its kind, or else for the first.
   */
  private boolean isToldBy(List<StoredColumn> stored, int[] nodes, int index) {
    int column = unheld.get(index);
    int first = -1;
    int own = -1;
    for (int i = 0; i < unheld.size(); i++) {
      int other = unheld.get(i);
      if (nodes[other] == nodes[column]) {
        first = first < 0 ? other : first;
        own = own < 0 && isOfKind(stored.get(other), nodes[other]) ? other : own;
      }
    }
    return column == (own < 0 ? first : own);
  }

  private boolean isOfKind(StoredColumn column, int node) {
    ColumnMapping mapped = column.mapping();
    ColumnOptions options = mapped == null ? ColumnOptions.NONE : mapped.options();
    ScalarKind only = options.only();
    ScalarKind kind = only == null ? ScalarKind.of(column.type(), options.isUtc()) : only;
    return kind != null && kind.label().equals(KindNames.label(typeOf(node)));
  }

  private Scalar.Type typeOf(int node) {
    return node < MappingWalk.ABSENT ? frames.type(walk.frameCells(node)) : values.type(node);
  }

  /** Reads a value; false where it is a mark of pandas for one that is not there. */
  private boolean read(int node) {
    if (node < MappingWalk.ABSENT) {
      return frames.read(walk.frameCells(node), frameRow, value);
    }
    if (frameRow >= 0 && walk.frames().isMissing(node)) {
      return false;
    }
    values.read(node, value);
    return true;
  }

  /**
   * Whether another column of the row holds the value that this one cannot, or the mapping looks
   * into it: where several kinds of values stand in one place, each has a column or table.
   */
  private boolean isHeld(TableRows row, int ordinal, int[] nodes, int column) {
    int node = nodes[column];
    for (int i = 0; i < row.table().stored().size(); i++) {
      StoredColumn.Role role = row.table().stored().get(i).role();
      boolean isBeside = role.isBeside() || role == StoredColumn.Role.CLASS;
      if (i != column && !isBeside && nodes[i] == node && !row.column(i).isNull(ordinal)) {
        return true;
      }
    }
    PathNode path = plan.ends[row.table().number()][column];
    return path != null
        && node >= 0
        && switch (graph.kind(node)) {
          case LIST, TUPLE, SET, FROZENSET -> path.tables.length > 0 || path.placeCount() > 0;
          case DICT, OBJECT, CALL -> path.tables.length > 0 || !path.isEnd();
          default -> false;
        };
  }

  /** The class of an object; NULL where there is none. */
  private void className(int table, int number, int node, ColumnData cells) {
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
      absent(column, codec, cells);
      return true;
    }
    tally.found(table, number);
    if (node < MappingWalk.ABSENT) {
      return element(node, codec, cells);
    }
    boolean isMissing = frameRow >= 0 && walk.frames().isMissing(node);
    if (graph.kind(node) == Kind.NONE || isMissing) {
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
    if (!read(node)) {
      cells.addNull();
      return true;
    }
    boolean fits = codec != null && codec.encode(value, cells) != ColumnCodec.Fit.UNFIT;
    if (!fits) {
      cells.addNull();
    }
    return fits;
  }

  private void absent(StoredColumn column, @Nullable ColumnCodec codec, ColumnData cells) {
    ColumnMapping mapped = column.mapping();
    Object given = mapped == null ? null : mapped.defaultValue();
    if (given == null || codec == null) {
      cells.addNull();
      return;
    }
    if (given instanceof Boolean bool) {
      value.number(Scalar.Type.BOOL, bool ? 1 : 0);
    } else if (given instanceof Long number) {
      value.number(Scalar.Type.INT, number);
    } else if (given instanceof Double real) {
      value.real(real);
    } else if (given instanceof BigDecimal decimal) {
      value.bytes(Scalar.Type.DECIMAL, decimal.toString().getBytes(StandardCharsets.US_ASCII));
    } else {
      value.bytes(Scalar.Type.TEXT, given.toString().getBytes(StandardCharsets.UTF_8));
    }
    if (codec.encode(value, cells) == ColumnCodec.Fit.UNFIT) {
      cells.addNull();
    }
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
              public void hidden(int of) {
                tally.unfit(table, number, 1);
              }
            });
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

  private void misfit(int table, int number, int ordinal, StoredColumn column) {
    tally.unfit(table, number, 1);
    if (column.unfit() == UnfitPolicy.QUARANTINE && !tally.isRefused()) {
      String path = new ObjectPaths(plan, meaning, walk).cell(table, ordinal, number);
      tally.refuse(
          new SplitException(
              plan.mapping.tables().get(table).name(),
              column.name(),
              ordinal,
              path,
              column.type().sql()));
    }
  }
}
