package io.picklift.codec.model;

/**
 * What an opcode did to a container: each such opcode is one chunk of the container, in the order
 * of the pickle. Constants, not an enum, because they stand in a byte array.
 */
public final class ChunkKind {
  /** The items that {@code LIST} or {@code DICT} took from the stack. */
  public static final int INITIAL = 0;

  /** One or several {@code APPEND} in a row, one edge each. */
  public static final int APPEND = 1;

  public static final int APPENDS = 2;

  /** One or several {@code SETITEM} in a row, two edges each. */
  public static final int SETITEM = 3;

  public static final int SETITEMS = 4;
  public static final int ADDITEMS = 5;

  /** {@code BUILD}: one edge, the state. */
  public static final int BUILD = 6;

  private ChunkKind() {}
}
