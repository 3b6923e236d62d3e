package io.picklift.schema.merge;

import io.picklift.codec.digest.PartDigests;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.split.GraphSplit;
import io.picklift.schema.tables.split.RowComputer;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.RowNodes;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A save as a graph, with the rows that it is taken apart into, whose places are their ordinals.
 */
final class Side {
  private final WalkPlan plan;
  private final Meaning meaning;
  private final SaveRows rows;
  private final MappingWalk walk;
  private final PartDigests digests;
  private final ObjectPaths paths;

  /** By table and owner: the container of its members. */
  private final Map<List<Integer>, Integer> containers = new HashMap<>();

  /** The same: the rows of its members, in the container's order. */
  private final Map<List<Integer>, List<Integer>> members = new HashMap<>();

  /** By table, row and column: what stands there that a NULL cell does not show. */
  private final Map<List<Integer>, Integer> hidden = new HashMap<>();

  Side(WalkPlan plan, Meaning meaning) throws LimitException {
    this.plan = plan;
    this.meaning = meaning;
    int root = plan.rootTable((String) null);
    ValueNotes notes = ValueNotes.collecting();
    GraphSplit split =
        new GraphSplit(
            plan, meaning, SaveRows.NO_ID, root, RowComputer.NONE, notes, meaning.memory());
    rows = split.rows();
    walk = new MappingWalk(plan, meaning, root, notes);
    walk.run(new Finder());
    BitSet parts = new BitSet();
    for (TableMapping table : plan.mapping.tables()) {
      RowNodes of = walk.rows(table.number());
      for (int row = 0; row < of.size(); row++) {
        parts.set(of.nodes.get(row));
        if (table.source() instanceof RowSource.Each) {
          members
              .computeIfAbsent(
                  List.of(table.number(), of.owners.get(row)), owner -> new ArrayList<>())
              .add(row);
        }
      }
    }
    digests = new PartDigests(meaning, parts);
    paths = new ObjectPaths(plan, meaning, walk);
  }

  private final class Finder implements MappingWalk.Visitor {
    @Override
    public void row(int table, int ordinal, int node, int[] nodes) {
      for (int i = 0; i < plan.mapping.tables().get(table).stored().size(); i++) {
        if (nodes[i] >= 0 && rows.table(table).column(i).isNull(ordinal)) {
          hidden.put(List.of(table, ordinal, i), nodes[i]);
        }
      }
    }

    @Override
    public void container(int table, int owner, int node) {
      containers.putIfAbsent(List.of(table, owner), node);
    }
  }

  SaveRows rows() {
    return rows;
  }

  int size(int table) {
    return rows.table(table).size();
  }

  /** The rows of an owner's members, in their order. */
  List<Integer> members(int table, int owner) {
    return members.getOrDefault(List.of(table, owner), List.of());
  }

  /** Whether the members of an owner have no order. */
  boolean isSet(int table, int owner) {
    Integer container = containers.get(List.of(table, owner));
    Kind kind = container == null ? Kind.NONE : meaning.kind(container);
    return kind == Kind.SET || kind == Kind.FROZENSET;
  }

  /** Whether a member is a single value, which is nothing but what it is. */
  boolean isScalar(int table, int row) {
    return switch (meaning.kind(walk.rows(table).nodes.get(row))) {
      case LIST, TUPLE, SET, FROZENSET, DICT, OBJECT, CALL -> false;
      default -> true;
    };
  }

  /** Whether a row is one of a table of pandas or numpy. */
  boolean isInFrame(int table, int row) {
    return walk.rows(table).isInFrame(row);
  }

  /** Whether a row has a dict's key. */
  boolean isKeyed(int table, int row) {
    return walk.rows(table).key(row) >= 0;
  }

  /** What tells a dict's key from others. */
  String key(int table, int row) throws LimitException {
    return digests.of(walk.rows(table).key(row));
  }

  /** What tells a row's value from others, as far as to the values of other rows. */
  String content(int table, int row) throws LimitException {
    return digests.of(walk.rows(table).nodes.get(row));
  }

  /** What a NULL cell does not show; empty where there is nothing. */
  String hidden(int table, int row, int column) throws LimitException {
    Integer node = hidden.get(List.of(table, row, column));
    return node == null ? "" : digests.of(node);
  }

  /** The table of the save's own object; -1 where none is of its class. */
  int rootTable() {
    return walk.table(meaning.root());
  }

  int rootRow() {
    return walk.ordinal(meaning.root());
  }

  /** The table of the class of a row's value; -1 where none is. */
  int classTable(int table, int row) {
    return walk.table(walk.rows(table).nodes.get(row));
  }

  /** The row in that table. */
  int classRow(int table, int row) {
    return walk.ordinal(walk.rows(table).nodes.get(row));
  }

  String path(int table, int row) {
    return paths.row(table, row);
  }

  String path(int table, int row, int column) {
    return paths.cell(table, row, column);
  }
}
