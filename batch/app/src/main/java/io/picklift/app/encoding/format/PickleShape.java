package io.picklift.app.encoding.format;

/**
 * Whether bytes have the shape of a pickle: opcodes one after the other, with the arguments and the
 * stack that they need, up to {@code STOP}. Makes nothing of them. Text and compressed data fail
 * within a few bytes, which makes this the test of whether there is still something to unwrap.
 */
public final class PickleShape {
  /** What a scan found. */
  public enum Verdict {
    /** A whole pickle; there may be bytes behind it. */
    WHOLE,
    /** A pickle so far: the bytes end before its {@code STOP}. */
    CUT,
    NONE
  }

  /** A cut pickle of a text protocol needs so many opcodes to be told from words by chance. */
  private static final int ENOUGH_OPCODES = 4;

  private static final int NO_DOUBT = 512;

  private static final int PROTO = 0x80;
  private static final int NEWEST_PROTOCOL = 5;

  private final byte[] bytes;
  private final int length;
  private int at;
  private int opcodes;
  private int mostOpcodes = Integer.MAX_VALUE;
  private boolean isCut;
  private int lineStart;
  private int lineEnd;
  private int depth;
  private int marks;
  private int[] marked = new int[16];

  private PickleShape(byte[] bytes, int from) {
    this.bytes = bytes;
    this.length = bytes.length;
    this.at = from;
  }

  /** Scans from the first byte. */
  public static Verdict of(byte[] bytes) {
    return new PickleShape(bytes, 0).scan();
  }

  /**
   * As {@link #of}, but looks no further once there is no doubt: so many opcodes behind a
   * protocol's mark are no chance, and what is wrong behind them the decoder says better.
   */
  public static Verdict quick(byte[] bytes) {
    PickleShape shape = new PickleShape(bytes, 0);
    shape.mostOpcodes = NO_DOUBT;
    return shape.scan();
  }

  /**
   * Whether the bytes are pickles one after the other, with nothing but blanks and NULs between.
   */
  public static boolean isStream(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (bytes[at] == 0 || ByteLiterals.isBlank(bytes[at])) {
        at++;
        continue;
      }
      PickleShape shape = new PickleShape(bytes, at);
      if (shape.scan() != Verdict.WHOLE) {
        return false;
      }
      at = shape.at;
    }
    return bytes.length > 0;
  }

  public static boolean isWhole(byte[] bytes) {
    return of(bytes) == Verdict.WHOLE;
  }

  /** Whether the bytes are one pickle to the last, with nothing else left on its stack. */
  public static boolean isDone(byte[] bytes) {
    PickleShape shape = new PickleShape(bytes, 0);
    return shape.scan() == Verdict.WHOLE
        && shape.at == bytes.length
        && shape.depth == 1
        && shape.marks == 0;
  }

  /** How many opcodes come before the first {@code STOP}. */
  public static int opcodes(byte[] bytes) {
    PickleShape shape = new PickleShape(bytes, 0);
    shape.scan();
    return shape.opcodes;
  }

  /** Where the first pickle ends, behind its {@code STOP}; -1 where there is no whole one. */
  public static int end(byte[] bytes) {
    return end(bytes, 0);
  }

  /** The same of the pickle that begins at {@code from}. */
  public static int end(byte[] bytes, int from) {
    PickleShape shape = new PickleShape(bytes, from);
    return shape.scan() == Verdict.WHOLE ? shape.at : -1;
  }

  private Verdict scan() {
    boolean isBinary = length > at + 1 && (bytes[at] & 0xff) == PROTO;
    if (isBinary && (bytes[at + 1] & 0xff) > NEWEST_PROTOCOL) {
      return Verdict.NONE;
    }
    while (at < length) {
      int opcode = bytes[at++] & 0xff;
      if (opcode == '.') {
        return depth > 0 ? Verdict.WHOLE : Verdict.NONE;
      }
      if (isBinary && opcodes > mostOpcodes) {
        return Verdict.WHOLE;
      }
      if (!argument(opcode) || !stack(opcode)) {
        break;
      }
      opcodes++;
    }
    boolean isEnd = isCut || at >= length;
    return isEnd && opcodes >= (isBinary ? 1 : ENOUGH_OPCODES) ? Verdict.CUT : Verdict.NONE;
  }

  /** Skips an opcode's argument; false where it is none, or is not all there. */
  private boolean argument(int opcode) {
    return switch (opcode) {
      case 'I', 'L' -> line(1, true);
      case 'F' -> line(1, false) && isFloat();
      case 'g', 'p' -> line(1, true);
      case 'S' -> line(2, false) && isQuoted();
      case 'V', 'P' -> line(0, false);
      case 'c', 'i' -> twoLines();
      case 'J', 'j', 'r', 0x84 -> skip(4);
      case 'K', 'h', 'q', PROTO, 0x82 -> skip(1);
      case 'M', 0x83 -> skip(2);
      case 'G', 0x95 -> skip(8);
      case 'U', 'C', 0x8a, 0x8c -> counted(1);
      case 'T', 'X', 'B', 0x8b -> counted(4);
      case 0x8d, 0x8e, 0x96 -> counted(8);
      default -> true;
    };
  }

  private boolean line(int least, boolean isNumber) {
    int start = at;
    while (at < length && bytes[at] != '\n') {
      byte b = bytes[at];
      boolean isDigit = (b >= '0' && b <= '9') || b == '-' || b == '+' || b == 'L';
      boolean isHex = (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F') || b == 'x' || b == 'X';
      // No pickler writes a NUL into a text argument, and compressed data are full of them.
      if (b == 0 || (isNumber && !isDigit && !isHex)) {
        return false;
      }
      at++;
    }
    if (at == length) {
      isCut = true;
      return false;
    }
    lineStart = start;
    lineEnd = at++;
    // Picklers escape a carriage return; one at the end is a line end that was made two bytes.
    return lineEnd - start >= least && (lineEnd == start || bytes[lineEnd - 1] != '\r');
  }

  private boolean twoLines() {
    boolean isFirst = line(1, false);
    return isFirst && line(1, false);
  }

  private boolean isQuoted() {
    byte quote = bytes[lineStart];
    return (quote == '\'' || quote == '"')
        && lineEnd - lineStart >= 2
        && bytes[lineEnd - 1] == quote;
  }

  private boolean isFloat() {
    for (int i = lineStart; i < lineEnd; i++) {
      if ("0123456789+-.eEinfa".indexOf((char) bytes[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean skip(long count) {
    if (count < 0) {
      return false;
    }
    if (count > length - at) {
      isCut = true;
      at = length;
      return false;
    }
    at += (int) count;
    return true;
  }

  private boolean counted(int width) {
    if (width > length - at) {
      return skip(width);
    }
    long count = 0;
    for (int i = 0; i < width; i++) {
      count |= (bytes[at + i] & 0xffL) << (8 * i);
    }
    at += width;
    return skip(count);
  }

  /** Applies an opcode to the heights of the stack; false where there is not enough on it. */
  private boolean stack(int opcode) {
    return switch (opcode) {
      case '(' -> mark();
      case 'I', 'L', 'F', 'S', 'V', 'P', 'c', 'g', 'J', 'K', 'M', 'G', 'U', 'C', 'T', 'X', 'B' ->
          move(0, 1);
      case 'N', '}', ']', ')', 'h', 'j', 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x96 ->
          move(0, 1);
      case 0x82, 0x83, 0x84, 0x97 -> move(0, 1);
      case 'p', 'q', 'r', 'Q', 0x85, 0x94, 0x98 -> move(1, 1);
      case PROTO, 0x95 -> true;
      case '0' -> depth > floor() ? move(1, 0) : toMark(0);
      case '1' -> toMark(0);
      case '2' -> move(1, 2);
      case 'a', 'b', 'R', 0x81, 0x86, 0x93 -> move(2, 1);
      case 's', 0x87, 0x92 -> move(3, 1);
      case 'd', 'i', 'l', 't', 'o', 0x91 -> toMark(1);
      case 'e', 'u', 0x90 -> toMark(0) && depth > floor();
      default -> false;
    };
  }

  private int floor() {
    return marks == 0 ? 0 : marked[marks - 1];
  }

  private boolean move(int needs, int leaves) {
    if (depth - floor() < needs) {
      return false;
    }
    depth += leaves - needs;
    return true;
  }

  private boolean mark() {
    if (marks == marked.length) {
      marked = java.util.Arrays.copyOf(marked, marks * 2);
    }
    marked[marks++] = depth;
    return true;
  }

  private boolean toMark(int leaves) {
    if (marks == 0) {
      return false;
    }
    depth = marked[--marks] + leaves;
    return true;
  }
}
