package io.picklift.schema.profile.walk;

import io.picklift.schema.profile.ValueProfile;
import java.util.Arrays;

/**
 * Texts of one save that were noted a short while ago: one that is there again, in the same place,
 * need not be read again.
 */
final class RecentTexts {
  private static final int COUNT = 1024;
  private static final int NO_NODE = -1;

  private final int[] nodes = new int[COUNT];
  private final int[] places = new int[COUNT];
  private final int[] characters = new int[COUNT];

  void clear() {
    Arrays.fill(nodes, NO_NODE);
  }

  void add(int node, ValueProfile place, int length) {
    int at = node & (COUNT - 1);
    nodes[at] = node;
    places[at] = place.id;
    characters[at] = length;
  }

  /** How long the text is, in code points; -1 where it is not known to have been in that place. */
  int characters(int node, ValueProfile place) {
    int at = node & (COUNT - 1);
    return nodes[at] == node && places[at] == place.id ? characters[at] : -1;
  }
}
