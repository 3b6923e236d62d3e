package io.picklift.codec.diff;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of a dict and the members of a set are found by in another save: their whole value
 * as a text, of a tuple or an object with all that it holds.
 */
final class MemberNames {
  private static final int DEEPEST = 16;
  private static final int LONGEST = 1 << 14;

  private final Meaning meaning;
  private final DiffContents contents;

  private final Room room;
  private long left;
  private int nans;

  /**
   * How many characters the names of all dicts and sets of a comparison may yet have. Many values
   * may share a long part, which stands in the name of each.
   */
  static final class Room {
    private long left;

    Room(long most) {
      left = most;
    }
  }

  /**
   * @param most characters that these names may have: the others have none
   */
  MemberNames(Meaning meaning, DiffContents contents, long most, Room room) {
    this.meaning = meaning;
    this.contents = contents;
    this.left = most;
    this.room = room;
  }

  static boolean isScalar(Meaning meaning, int node) {
    return switch (meaning.kind(node)) {
      case NONE, BOOL, INT, FLOAT, STR, PY2_STR, BYTES, GLOBAL, EXT -> true;
      default -> false;
    };
  }

  /**
   * The name of the next member. A nan, which is no other nan, has its number for one. Null for
   * what is too long or too deep to be named, and for persistent ids.
   */
  @Nullable String next(int node) throws LimitException {
    if (isScalar(meaning, node)) {
      boolean isNan = meaning.kind(node) == Kind.FLOAT && Double.isNaN(meaning.floatValue(node));
      return isNan ? "nan" + nans++ : contents.identify(node);
    }
    StringBuilder name = new StringBuilder();
    boolean isNamed = left > 0 && room.left > 0 && append(node, name, 0);
    left -= name.length();
    room.left -= name.length();
    return isNamed ? name.toString() : null;
  }

  /** Whether the whole value was appended. */
  private boolean append(int node, StringBuilder to, int depth) throws LimitException {
    if (depth > DEEPEST || to.length() > LONGEST) {
      return false;
    }
    Kind kind = meaning.kind(node);
    if (isScalar(meaning, node) || kind == Kind.BYTEARRAY) {
      String value = contents.identify(node);
      to.append(value.length()).append(':').append(value);
      return true;
    }
    to.append(kind);
    return switch (kind) {
      case LIST, TUPLE, DICT -> append(meaning.itemSpan(node), to, depth);
      case SET, FROZENSET -> appendSorted(meaning.itemSpan(node), to, depth);
      case OBJECT, CALL ->
          append(meaning.callable(node), to, depth + 1)
              && append(meaning.argumentSpan(node), to, depth)
              && append(meaning.keywordSpan(node), to, depth)
              && append(meaning.stateSpan(node), to, depth)
              && append(meaning.appendedSpan(node), to, depth)
              && append(meaning.entrySpan(node), to, depth);
      default -> false;
    };
  }

  private boolean append(long span, StringBuilder to, int depth) throws LimitException {
    to.append('(');
    for (int i = 0; i < MemberSpan.count(span); i++) {
      if (!append(meaning.member(MemberSpan.start(span) + i), to, depth + 1)) {
        return false;
      }
    }
    to.append(')');
    return true;
  }

  private boolean appendSorted(long span, StringBuilder to, int depth) throws LimitException {
    if (MemberSpan.count(span) > LONGEST) {
      return false;
    }
    String[] names = new String[MemberSpan.count(span)];
    int length = to.length();
    for (int i = 0; i < names.length; i++) {
      StringBuilder name = new StringBuilder();
      if (length > LONGEST
          || !append(meaning.member(MemberSpan.start(span) + i), name, depth + 1)) {
        return false;
      }
      length += name.length();
      names[i] = name.toString();
    }
    Arrays.sort(names);
    to.append('(').append(String.join("", names)).append(')');
    return true;
  }
}
