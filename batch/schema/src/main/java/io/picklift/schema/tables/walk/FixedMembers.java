package io.picklift.schema.tables.walk;

import io.picklift.codec.meaning.Contents;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;

/**
 * Members of what cannot change: a tuple, a frozenset, a named tuple. Where a save has one of them
 * in several places, Python would make another one for the place that is edited.
 */
public final class FixedMembers {
  private FixedMembers() {}

  /**
   * A value's members if they are fixed. An object that is a row of its own is edited as itself,
   * wherever it stands.
   *
   * @return a {@link MemberSpan}; {@link Contents#NO_PLACES} for any other value
   */
  public static long of(Meaning meaning, MappingWalk walk, int node) {
    return switch (meaning.kind(node)) {
      case TUPLE, FROZENSET -> meaning.itemSpan(node);
      case OBJECT, CALL ->
          walk.table(node) >= 0 ? Contents.NO_PLACES : meaning.contents().places(node);
      default -> Contents.NO_PLACES;
    };
  }
}
