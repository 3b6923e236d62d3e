package io.picklift.schema.profile.walk;

import java.util.ArrayList;
import java.util.List;

/**
 * The containers of a class that a value of one save is in, the innermost first, up to the object
 * whose attribute they stand in. A class that holds itself is told by class and not by place, for
 * the places would have no end.
 */
final class EnclosingContainers {
  static final int NOTHING = 0;

  private record Container(String className, int in) {}

  private final List<Container> all = new ArrayList<>();

  EnclosingContainers() {
    all.add(new Container("", NOTHING));
  }

  /** The number of what is within a container of that class, which is itself within {@code in}. */
  int enter(int in, String className) {
    Container container = new Container(className, in);
    // Containers of one class mostly come one after the other.
    if (!all.get(all.size() - 1).equals(container)) {
      all.add(container);
    }
    return all.size() - 1;
  }

  /** Whether one of those containers is of that class. */
  boolean has(int number, String className) {
    for (int at = number; at > NOTHING; at = all.get(at).in()) {
      if (all.get(at).className().equals(className)) {
        return true;
      }
    }
    return false;
  }
}
