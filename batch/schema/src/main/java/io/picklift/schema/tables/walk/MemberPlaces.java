package io.picklift.schema.tables.walk;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import java.util.function.IntConsumer;

/**
 * Finds the member at a place: {@code [2]} of a list, {@code [-1]} of a tuple, {@code [7]} of a
 * dict with that key. Members are told as {@link Meaning#member} takes them.
 */
final class MemberPlaces {
  private final Meaning meaning;
  private final SaveGraph graph;
  private final IntConsumer needed;

  /**
   * @param needed gets the keys that were looked at to find a member
   */
  MemberPlaces(Meaning meaning, IntConsumer needed) {
    this.meaning = meaning;
    graph = meaning.graph();
    this.needed = needed;
  }

  /** The member at a place of a span; {@link MappingWalk#ABSENT} where there is none. */
  static int at(long items, int place) {
    int at = place < 0 ? place + MemberSpan.count(items) : place;
    return at >= 0 && at < MemberSpan.count(items)
        ? MemberSpan.start(items) + at
        : MappingWalk.ABSENT;
  }

  /**
   * Whether the first member of a tuple has places itself. Where it has none, {@code [0][1]} is the
   * second member: the tuple is the only argument of the object, and older mappings have it so.
   */
  boolean isNested(long tuple) {
    return MemberSpan.count(tuple) > 0
        && switch (graph.kind(meaning.member(MemberSpan.start(tuple)))) {
          case LIST, TUPLE, DICT, OBJECT, CALL -> true;
          default -> false;
        };
  }

  /** Where the member at a place, or the value of an integer key, is; -1 where there is none. */
  int of(int node, int place) {
    long items;
    switch (graph.kind(node)) {
      case LIST, TUPLE -> items = meaning.itemSpan(node);
      case DICT -> {
        return integerKey(node, place);
      }
      case OBJECT, CALL -> {
        if (meaning.wellKnown(node) instanceof WellKnown.Container container
            && !container.isKeyed()) {
          items = container.members();
        } else {
          items = meaning.appendedSpan(node);
          if (MemberSpan.count(items) == 0) {
            items = meaning.argumentSpan(node);
          }
        }
      }
      default -> {
        return MappingWalk.ABSENT;
      }
    }
    return at(items, place);
  }

  private int integerKey(int dict, int key) {
    long pairs = meaning.itemSpan(dict);
    int start = MemberSpan.start(pairs);
    int found = MappingWalk.ABSENT;
    for (int i = start; i < start + MemberSpan.count(pairs); i += 2) {
      int node = meaning.member(i);
      needed.accept(node);
      if (graph.kind(node) == Kind.INT
          && meaning.fitsLong(node)
          && meaning.longValue(node) == key) {
        found = i + 1;
      }
    }
    return found;
  }
}
