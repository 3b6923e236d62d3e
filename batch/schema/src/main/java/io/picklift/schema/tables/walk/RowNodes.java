package io.picklift.schema.tables.walk;

import io.picklift.schema.tables.values.IntList;

/** Which nodes of a graph are the rows of one table, in their order. */
public final class RowNodes {
  public final IntList nodes = new IntList();

  /** Of members: the owner's ordinal, the place, the key's node or -1. */
  public final IntList owners = new IntList();

  public final IntList positions = new IntList();
  final IntList keys = new IntList();

  /** Where the member is, as a member index of the meaning. */
  final IntList places = new IntList();

  /** Stands in {@link #places} for a row of a table of pandas or numpy. */
  static final int IN_FRAME = -2;

  public int size() {
    return nodes.size();
  }

  /** The node of a member's key; -1 where it has none. */
  public int key(int row) {
    return row < keys.size() ? keys.get(row) : MappingWalk.ABSENT;
  }

  /** Whether a row is one of a table of pandas or numpy, its node. */
  public boolean isInFrame(int row) {
    return row < places.size() && places.get(row) == IN_FRAME;
  }

  void add(int node) {
    nodes.add(node);
  }

  void add(int node, int owner, int position, int key, int place) {
    nodes.add(node);
    owners.add(owner);
    positions.add(position);
    keys.add(key);
    places.add(place);
  }
}
