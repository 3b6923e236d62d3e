package io.picklift.schema.tables.join;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.residue.Residue;
import io.picklift.schema.tables.document.GivenDocument;
import io.picklift.schema.tables.document.JsonDocuments;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.edit.DanglingReferences;
import io.picklift.schema.tables.fill.AnyValue;
import io.picklift.schema.tables.fill.ValueFill;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnCodec;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.IntList;
import io.picklift.schema.tables.values.NeededParts;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One save being put together: a walk over the graph without its values gives each value its cell;
 * a second one, over the graph with them, tells which cells say something else than the graph now
 * does.
 */
final class GraphJoin implements MappingWalk.Visitor {
  private final WalkPlan plan;
  private final Limits limits;
  private final Likes.Use use;

  /** What is left beside all that was made so far: everything stays until the save is whole. */
  private final Memory memory;

  private final Residue residue;
  private final DanglingReferences missing;
  private final SaveRows rows;
  private final ValueFill fill;
  private final SaveGraph blank;
  private final Meaning meaning;
  private final MappingWalk walk;
  private final NodeValueReader values;
  private final JsonDocuments json;

  /** Values whose cell is NULL. */
  private final IntList nulls = new IntList();

  /** Cells that are NULL where None cannot be. */
  private final List<NeededCell> needed = new ArrayList<>();

  private final NeededParts parts;

  /** What cells say that is of another type than their value was. */
  private final List<OtherType> others = new ArrayList<>();

  /** Nodes that deleted rows had the value of. */
  private final BitSet deleted = new BitSet();

  /** Values that are somebody's container. */
  private final BitSet containers = new BitSet();

  /** Whether several rows own one container. */
  private boolean isShared;

  /** The values that cells do not show alike; null where nobody asks for them. */
  private final @Nullable DifferingCells differing;

  private final KindCells kinds;
  private final Scalar value = new Scalar();
  private final Scalar part = new Scalar();
  private final int[] payloads = new int[NodeValueReader.MOST_PAYLOADS];

  private record OtherType(int node, Scalar value) {}

  /**
   * A cell that shows an argument of a call.
   *
   * @param place of the argument
   */
  private record NeededCell(int table, int ordinal, int column, int node, int place) {}

  GraphJoin(
      WalkPlan plan, Residue residue, DanglingReferences missing, Likes.Use use, Limits limits)
      throws DamagedException, LimitException {
    this(plan, residue, missing, null, use, limits);
  }

  private GraphJoin(
      WalkPlan plan,
      Residue residue,
      DanglingReferences missing,
      @Nullable DifferingCells differing,
      Likes.Use use,
      Limits limits)
      throws DamagedException, LimitException {
    this.plan = plan;
    this.differing = differing;
    this.missing = missing;
    this.use = use;
    rows = missing.rows();
    kinds = new KindCells(plan.mapping);
    this.limits = limits;
    memory = Memory.beside(residue.footprint() + rows.footprint(), limits);
    memory.take(ValueFill.footprint(residue, rows));
    this.residue = residue;
    ValueFill distinct = ValueFill.distinct(residue);
    blank = residue.build(distinct.pool(), distinct);
    meaning = Meaning.of(blank, limits);
    memory.take(meaning.footprint() + (long) MappingWalk.BYTES_A_NODE * blank.size());
    walk = new MappingWalk(plan, meaning, plan.rootTable(rows::has), residue.notes());
    values = new NodeValueReader(meaning, residue.notes());
    json = new JsonDocuments(walk, meaning, values);
    fill = new ValueFill(residue);
    parts = new NeededParts(meaning);
  }

  JoinedSave run() throws JoinException, DamagedException, LimitException {
    try {
      return joined();
    } catch (RowsLost e) {
      if (differing != null && differing.has(e.table())) {
        throw e;
      }
      DifferingCells others =
          differing == null ? DifferingCells.of(e.table()) : differing.and(e.table());
      return new GraphJoin(plan, residue, missing, others, use, limits).run();
    }
  }

  private JoinedSave joined() throws JoinException, DamagedException, LimitException {
    walk.run(this);
    ofOtherType();
    boolean hasAllRows = !missing.isAny() && !RowEdits.areIn(plan, rows, walk);
    // Of rows that say what the save said, which nearly all do, those of all owners are alike.
    boolean mayBeAlike = hasAllRows && needed.isEmpty();
    GraphJoin settled = isShared && !mayBeAlike ? settled() : null;
    if (settled != null) {
      return settled.run();
    }
    checkNeeded();
    BitSet lost = emptied();
    SaveGraph graph = residue.build(fill.pool(), fill);
    if (hasAllRows) {
      ChangedCells cells =
          new ChangedCells(plan, graph, rows, residue.notes(), kinds, use, limits, memory);
      settled = isShared && mayBeAlike && cells.isAny() ? settled() : null;
      if (settled != null) {
        return settled.run();
      }
      if (needed.isEmpty() && !cells.mayMakeParts()) {
        JoinedSave joined = cells.apply();
        RowEdits.checkLost(plan, joined.graph(), rows, residue.notes(), lost, limits);
        return joined;
      }
    }
    int[] sizes = new int[plan.paths.length];
    Arrays.setAll(sizes, table -> walk.rows(table).size());
    return new RowEdits(plan, graph, missing, residue.notes(), lost, kinds, use, limits)
        .apply(sizes);
  }

  /** The same of rows that are alike under all owners of each container; null where they are. */
  private @Nullable GraphJoin settled() throws JoinException, DamagedException, LimitException {
    SaveRows settled = SharedContainers.settled(plan, residue, meaning, missing.given(), limits);
    return settled == missing.given()
        ? null
        : new GraphJoin(plan, residue, DanglingReferences.of(plan, settled, limits), use, limits);
  }

  /** The path of a cell with the keys that the rows have. */
  private String filledPath(int table, int ordinal, int column)
      throws DamagedException, LimitException {
    emptied();
    Meaning filled = Meaning.of(residue.build(fill.pool(), fill), limits);
    MappingWalk again = new MappingWalk(plan, filled, plan.rootTable(rows::has), residue.notes());
    again.run((of, row, node, nodes) -> {});
    return new ObjectPaths(plan, filled, again).cell(table, ordinal, column);
  }

  /**
   * Of a call that cannot have None all cells are NULL, which makes it None as a whole, or none.
   */
  private void checkNeeded() throws JoinException, DamagedException, LimitException {
    Map<Integer, Set<Integer>> byCall = new HashMap<>();
    for (NeededCell cell : needed) {
      byCall.computeIfAbsent(parts.call(cell.place()), k -> new HashSet<>()).add(cell.place());
    }
    for (NeededCell cell : needed) {
      int call = parts.call(cell.place());
      if (wants(cell.node()) && byCall.getOrDefault(call, Set.of()).size() < parts.count(call)) {
        TableMapping table = plan.mapping.tables().get(cell.table());
        throw new JoinException(
            JoinException.Reason.CELL,
            filledPath(table.number(), cell.ordinal(), cell.column()),
            "is NULL in "
                + table.name()
                + "."
                + table.stored().get(cell.column()).name()
                + ": "
                + parts.why(call));
      }
    }
  }

  /**
   * Values whose cells are all NULL now become None. What is more than one plain value first gets
   * one that is valid, so that {@link ChangedCells} finds it as what it is, and changes it as a
   * whole. So does what stood in deleted rows alone: it goes with them.
   *
   * @return the nodes of the latter
   */
  private BitSet emptied() {
    BitSet apart = standIns();
    for (int i = 0; i < nulls.size(); i++) {
      int node = nulls.get(i);
      int count = open(node);
      if (count > 0 && payloads[0] != node) {
        putValid(node, count, 0);
      }
    }
    part.none();
    for (int i = 0; i < nulls.size(); i++) {
      deleted.clear(nulls.get(i));
    }
    for (int node = 0; node < residue.size(); node++) {
      if (!wants(node)) {
        deleted.clear(node);
      } else if (deleted.get(node)) {
        fill.standIn(node);
      } else {
        fill.put(node, part);
      }
    }
    deleted.or(apart);
    return deleted;
  }

  /**
   * Gives the values that cells do not show alike one that nothing else has.
   *
   * @return the nodes that they are written in
   */
  private BitSet standIns() {
    BitSet written = new BitSet();
    for (int node : differing == null ? Set.<Integer>of() : differing.nodes()) {
      int count = values.payloads(node, payloads);
      for (int i = 0; i < count; i++) {
        if (residue.isTaken(payloads[i])) {
          written.set(payloads[i]);
          fill.empty(payloads[i]);
          switch (values.type(node)) {
            case BOOL, TEXT, BYTES -> fill.standIn(payloads[i]);
            default -> {}
          }
        }
      }
      putValid(node, count, node);
    }
    return written;
  }

  /** Puts any value of its type there; of another number another one. */
  private void putValid(int node, int count, int number) {
    Scalar.Type type = values.type(node);
    AnyValue.set(type, number, value);
    values.complete(node, value);
    put(node, type, count, value);
  }

  /** Notes what a deleted row had. */
  private void deleted(int table, int[] nodes) {
    TableMapping of = plan.mapping.tables().get(table);
    for (int i = 0; i < nodes.length && i < plan.codecs[table].length; i++) {
      StoredColumn.Role role = of.stored().get(i).role();
      boolean holds = role == StoredColumn.Role.VALUE || role == StoredColumn.Role.KEY;
      if (holds && nodes[i] >= 0) {
        if (differing != null && values.payloads(nodes[i], payloads) > 0) {
          differing.gone(of, of.stored().get(i), nodes[i]);
        }
        deletedValue(nodes[i]);
        if (plan.codecs[table][i] == null) {
          json.document(nodes[i], (leaf, exact) -> deletedValue(leaf));
        }
      }
    }
  }

  private void deletedValue(int node) {
    int count = values.payloads(node, payloads);
    for (int i = 0; i < count; i++) {
      deleted.set(payloads[i]);
    }
  }

  @Override
  public void container(int table, int owner, int node) {
    isShared |= containers.get(node) && SharedContainers.isChangeable(meaning, walk, node);
    containers.set(node);
  }

  @Override
  public void row(int table, int ordinal, int node, int[] nodes) {
    TableRows given = rows.table(table);
    int at = given.row(ordinal);
    if (at < 0) {
      deleted(table, nodes);
      return;
    }
    List<StoredColumn> stored = given.table().stored();
    for (int i = 0; i < stored.size(); i++) {
      StoredColumn.Role role = stored.get(i).role();
      ColumnData cells = given.column(i);
      boolean holds =
          (role == StoredColumn.Role.VALUE || role == StoredColumn.Role.KEY)
              && kinds.holds(given, i, at, nodes, values);
      // What is no node of its own was left where it is.
      if (holds && nodes[i] >= 0 && cells.isNull(at)) {
        if (plan.codecs[table][i] == null) {
          json.document(nodes[i], (leaf, exact) -> deletedValue(leaf));
        }
        nulls.add(nodes[i]);
        int place = walk.cellPlace(i);
        if (parts.call(place) >= 0) {
          needed.add(new NeededCell(table, ordinal, i, nodes[i], place));
        }
      } else if (holds && nodes[i] >= 0) {
        ColumnCodec codec = plan.codecs[table][i];
        if (codec == null) {
          document(given.table(), stored.get(i), nodes[i], cells, at);
        } else {
          cell(given.table(), stored.get(i), codec, nodes[i], cells, at);
        }
      }
    }
  }

  private void cell(
      TableMapping table,
      StoredColumn column,
      ColumnCodec codec,
      int node,
      ColumnData cells,
      int row) {
    int count = open(node);
    if (count > 0 || differing != null) {
      Scalar.Type type = values.type(node);
      codec.decode(cells, row, type, value);
      said(table, column, node);
      values.complete(node, value);
      values.asArgument(node, value);
      putOrDefer(node, type, count);
    }
  }

  private void said(TableMapping table, StoredColumn column, int node) {
    if (differing != null && values.payloads(node, payloads) > 0) {
      differing.said(table, column, node, payloads[0], value);
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

  /**
   * A value that several cells show gets what one of them says that is of its type: new values
   * beside it are made like it.
   */
  private void putOrDefer(int node, Scalar.Type type, int count) {
    if (value.type == type) {
      put(node, type, count, value);
    } else {
      others.add(new OtherType(node, value.copy()));
    }
  }

  /** Values that no cell has kept the type of. */
  private void ofOtherType() {
    for (OtherType other : others) {
      int count = open(other.node());
      if (count > 0) {
        put(other.node(), values.type(other.node()), count, other.value());
      }
    }
  }

  private void put(int node, Scalar.Type type, int count, Scalar from) {
    if (isPlain(type) != isPlain(from.type) || (!isPlain(type) && type != from.type)) {
      return;
    }
    for (int i = 0; i < count; i++) {
      // Another cell may have given one of several parts already.
      if (wants(payloads[i])) {
        values.part(node, from, i, payloads[i], part);
        if (part.type != Scalar.Type.OTHER) {
          fill.put(payloads[i], part);
        }
      }
    }
  }

  private static boolean isPlain(Scalar.Type type) {
    return switch (type) {
      case BOOL, INT, FLOAT, TEXT, BYTES -> true;
      default -> false;
    };
  }

  private void document(
      TableMapping table, StoredColumn column, int node, ColumnData cells, int row) {
    byte[] ignored =
        json.document(node, new Filling(table, column, JsonReader.document(cells, row)));
    if (ignored == null && blank.op(node) == Op.NONE) {
      throw new IllegalStateException("None has no document");
    }
  }

  /** Gives the values of a document what the cell has for them. */
  private final class Filling extends GivenDocument {
    private final TableMapping table;
    private final StoredColumn column;

    Filling(TableMapping table, StoredColumn column, Object given) {
      super(json, given);
      this.table = table;
      this.column = column;
    }

    @Override
    protected long @Nullable [] checks(int node) {
      return residue.notes().members(node);
    }

    @Override
    protected void leaf(int leaf, @Nullable Object found) {
      int count = open(leaf);
      boolean isRead = count > 0 || differing != null;
      boolean isValue = isRead && JsonReader.value(found, values.type(leaf), value);
      if (isValue) {
        said(table, column, leaf);
      }
      // Of what a class makes of one value only another value of the type can be made.
      boolean isOther =
          isValue && payloads[0] != leaf && isPlain(value.type) && value.type != values.type(leaf);
      if (isValue && !(isOther && isPlain(values.type(leaf)))) {
        putOrDefer(leaf, values.type(leaf), count);
      } else if (count > 0 && !JsonReader.NULL.equals(found)) {
        deletedValue(leaf);
      }
    }
  }
}
