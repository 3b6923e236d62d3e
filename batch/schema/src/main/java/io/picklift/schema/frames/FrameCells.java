package io.picklift.schema.frames;

import io.picklift.schema.arrays.ElementType;
import java.util.List;

/** Where the cells of one column are, row by row. */
public sealed interface FrameCells {
  /**
   * Elements among the bytes of a buffer.
   *
   * @param data the node of the bytes
   * @param start where the first row's element is
   * @param stride from one row's element to the next one's, in bytes
   * @param zone the node of the time zone of times that have one; else -1
   */
  record Packed(ElementType type, int data, int start, int stride, int zone) implements FrameCells {
    /** Where the element of a row is. */
    public int at(int row) {
      return start + row * stride;
    }
  }

  /**
   * Members of a list.
   *
   * @param list its node
   * @param start which member is the first row's
   * @param stride from one row's member to the next one's
   */
  record Members(int list, int start, int stride) implements FrameCells {}

  /** Elements of which some are missing: where {@code mask} is not 0. */
  record Masked(Packed values, Packed mask) implements FrameCells {}

  /**
   * Places among values that are written once; below 0 is missing.
   *
   * @param count how many values there are
   */
  record Coded(Packed codes, FrameCells values, int count) implements FrameCells {}

  /**
   * Bits of a buffer, the lowest of a byte first.
   *
   * @param data the node of the bytes; -1 where all bits are 1
   */
  record Bits(int data, int start) implements FrameCells {}

  /** Elements of which some are missing: where the bit of {@code there} is 0. */
  record Marked(FrameCells values, Bits there) implements FrameCells {}

  /**
   * Texts or bytes of any lengths, one behind the other in a buffer.
   *
   * @param ends where each begins; the next one's is where it ends
   * @param data the node of the buffer
   */
  record Spans(Packed ends, int data, boolean isText) implements FrameCells {}

  /**
   * The cells of several columns, one below the other.
   *
   * @param ends for each of {@code parts} the number of rows up to its end
   */
  record Chunks(List<FrameCells> parts, List<Integer> ends) implements FrameCells {
    public Chunks {
      parts = List.copyOf(parts);
      ends = List.copyOf(ends);
    }

    /** Which of the parts has a row; as many as there are where none has. */
    public int partOf(int row) {
      int part = 0;
      while (part < ends.size() && row >= ends.get(part)) {
        part++;
      }
      return part;
    }

    /** Which row of its part a row is. */
    public int rowIn(int part, int row) {
      return part == 0 ? row : row - ends.get(part - 1);
    }
  }

  /** Whole numbers at equal distances, which are not written one by one. */
  record Range(long start, long step) implements FrameCells {
    /** Whether they count the rows from 0. */
    public boolean isCount() {
      return start == 0 && step == 1;
    }
  }
}
