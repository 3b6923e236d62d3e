package io.picklift.schema.tables;

/** Which nodes of a graph are the rows of one table, in their order. */
final class RowNodes {
  final Ints nodes = new Ints();

  /** Of members: the owner's ordinal, the place, the key's node or -1. */
  final Ints owners = new Ints();

  final Ints positions = new Ints();
  final Ints keys = new Ints();

  /** Where the member is, as a member index of the meaning. */
  final Ints places = new Ints();

  int size() {
    return nodes.size();
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
