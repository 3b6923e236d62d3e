package io.picklift.app.follow;

import io.picklift.app.follow.place.LogPlace;
import org.jspecify.annotations.Nullable;

/**
 * Why following ended for now.
 *
 * @param problem what of the log cannot be followed; null for another reason
 * @param place up to which all is done, to go on from; null where nothing can be read from there
 */
record FollowStop(Kind kind, @Nullable String problem, @Nullable LogPlace place) {
  /** What comes next. */
  enum Kind {
    /** The process ends. */
    STOPPED,
    /** The target has what the source had. */
    CAUGHT_UP,
    /** The connection was lost: it is opened again. */
    LOST,
    /** Source and target are compared. */
    COMPARE
  }

  static FollowStop of(Kind kind) {
    return new FollowStop(kind, null, null);
  }

  static FollowStop compare(String problem, @Nullable LogPlace place) {
    return new FollowStop(Kind.COMPARE, problem, place);
  }
}
