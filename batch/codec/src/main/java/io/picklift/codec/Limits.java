package io.picklift.codec;

/**
 * Every limit in one place; immutable. What goes beyond one is refused with an error that names it.
 * Those of memory and output are in proportion to the input, so that a real save of 64 MB passes
 * and a bomb of 1 KB does not.
 *
 * @param bytes the longest pickle, in bytes
 * @param memory the most bytes of heap that one save may take in any step: the pickle, its graph,
 *     and what the step makes of them. Decoding may take four fifths of it, so that there is room
 *     for what comes after. By default five eighths of the heap, in which long arrays leave gaps
 * @param nodes the most values in a pickle, and on its stack; a value takes at least one byte of
 *     it. By default what the heap has room for
 * @param memoEntries the most memo entries in a pickle; by default what the heap has room for
 * @param textIntegerDigits the most digits of an integer written as text (decimal takes quadratic
 *     time to read)
 * @param stringLength the longest text or bytes value, in bytes
 * @param depth the deepest nesting that is shown; nothing here recurses, so it has no limit by
 *     default
 * @param outputBytes the most bytes of output whatever the input is
 * @param outputRatio the most bytes of output (JSON, a pickle written again) for a byte of the
 *     pickle, beside a fixed 64 KiB
 * @param unpackedBytes the most bytes that may come out of an encoded or archived save
 * @param unpackedRatio the most bytes that may come out of a byte of an encoded or archived save,
 *     beside a fixed 1 MiB
 */
public record Limits(
    long bytes,
    long memory,
    int nodes,
    int memoEntries,
    int textIntegerDigits,
    int stringLength,
    int depth,
    long outputBytes,
    int outputRatio,
    long unpackedBytes,
    int unpackedRatio) {

  private static final Limits DEFAULTS =
      new Limits(
          1L << 30,
          Runtime.getRuntime().maxMemory() / 8 * 5,
          perHeap(64),
          perHeap(48),
          100_000,
          1 << 30,
          Integer.MAX_VALUE,
          1L << 33,
          64,
          1L << 30,
          1_100);

  /**
   * So many as the heap has room for at {@code bytes} each, with what is made of a graph later: who
   * has more memory may have longer saves.
   */
  private static int perHeap(int bytes) {
    return (int) Math.min(1 << 28, Runtime.getRuntime().maxMemory() / bytes);
  }

  /** Room for output that no ratio bounds: a short pickle may well have a longer JSON. */
  private static final long OUTPUT_BASE = 1L << 16;

  private static final long UNPACKED_BASE = 1L << 20;

  public Limits {
    if (bytes < 1
        || memory < 1
        || nodes < 1
        || memoEntries < 0
        || textIntegerDigits < 1
        || stringLength < 0
        || depth < 1
        || outputBytes < 1
        || outputRatio < 1
        || unpackedBytes < 1
        || unpackedRatio < 1) {
      throw new IllegalArgumentException("a limit is out of range: all are positive");
    }
  }

  public static Limits defaults() {
    return DEFAULTS;
  }

  /** The defaults where so many saves are in the heap at a time: each may take its part of it. */
  public static Limits forSaves(int atATime) {
    return builder().memory(DEFAULTS.memory / atATime).build();
  }

  /** The most bytes of heap that decoding may take. */
  public long memoryToDecode() {
    return memory / 5 * 4;
  }

  /** The most bytes of output for a pickle of {@code inputBytes}. */
  public long outputFor(long inputBytes) {
    return Math.min(outputBytes, OUTPUT_BASE + inputBytes * outputRatio);
  }

  /** The most bytes that may come out of {@code packedBytes} of an encoding or archive. */
  public long unpackedFor(long packedBytes) {
    return Math.min(unpackedBytes, UNPACKED_BASE + packedBytes * unpackedRatio);
  }

  /** Other limits than the defaults; what is not set stays one. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what differs from the defaults. */
  public static final class Builder {
    private long bytes = DEFAULTS.bytes;
    private long memory = DEFAULTS.memory;
    private int nodes = DEFAULTS.nodes;
    private int memoEntries = DEFAULTS.memoEntries;
    private int textIntegerDigits = DEFAULTS.textIntegerDigits;
    private int stringLength = DEFAULTS.stringLength;
    private int depth = DEFAULTS.depth;
    private long unpackedBytes = DEFAULTS.unpackedBytes;

    private Builder() {}

    public Builder bytes(long value) {
      bytes = value;
      return this;
    }

    public Builder memory(long value) {
      memory = value;
      return this;
    }

    public Builder nodes(int value) {
      nodes = value;
      return this;
    }

    public Builder memoEntries(int value) {
      memoEntries = value;
      return this;
    }

    public Builder textIntegerDigits(int value) {
      textIntegerDigits = value;
      return this;
    }

    public Builder stringLength(int value) {
      stringLength = value;
      return this;
    }

    public Builder depth(int value) {
      depth = value;
      return this;
    }

    public Builder unpackedBytes(long value) {
      unpackedBytes = value;
      return this;
    }

    public Limits build() {
      return new Limits(
          bytes,
          memory,
          nodes,
          memoEntries,
          textIntegerDigits,
          stringLength,
          depth,
          DEFAULTS.outputBytes,
          DEFAULTS.outputRatio,
          unpackedBytes,
          DEFAULTS.unpackedRatio);
    }
  }
}
