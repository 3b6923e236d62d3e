package io.picklift.schema.frames;

import io.picklift.schema.arrays.ElementType;

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

  /** Whole numbers at equal distances, which are not written one by one. */
  record Range(long start, long step) implements FrameCells {
    /** Whether they count the rows from 0. */
    public boolean isCount() {
      return start == 0 && step == 1;
    }
  }
}
