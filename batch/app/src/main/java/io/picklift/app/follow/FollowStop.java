package io.picklift.app.follow;

import org.jspecify.annotations.Nullable;

/**
 * Why following ended for now.
 *
 * @param problem what of the log cannot be followed; null for another reason
 */
record FollowStop(Kind kind, @Nullable String problem) {
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
    return new FollowStop(kind, null);
  }

  static FollowStop compare(String problem) {
    return new FollowStop(Kind.COMPARE, problem);
  }
}
