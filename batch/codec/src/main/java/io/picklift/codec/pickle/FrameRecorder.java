package io.picklift.codec.pickle;

import java.util.Arrays;

/**
 * Where CPython 3.7 and later would start and end frames ({@code Modules/_pickle.c}: {@code
 * _Pickler_OpcodeBoundary}, {@code _Pickler_write_bytes}): a frame ends before the value that finds
 * it at 64 KiB, and bytes or text of 64 KiB stand outside of frames.
 */
final class FrameRecorder {
  private static final int TARGET = 64 * 1024;
  private static final int LEAST = 4;

  private long[] frames = new long[16];
  private int count;

  /** Where the frame that is open starts, or -1. */
  private int open = -1;

  void start(int position) {
    open = position;
  }

  void boundary(int position) {
    if (open < 0) {
      open = position;
    } else if (position - open >= TARGET) {
      close(position);
      open = position;
    }
  }

  void beforePayload(int position, int length) {
    if (length >= TARGET) {
      close(position);
      open = -1;
    }
  }

  /** After a payload that stands outside of frames the next opcode starts one. */
  void afterPayload(int position, int length) {
    if (length >= TARGET) {
      open = position;
    }
  }

  /** A pickle ends, and another one follows. */
  void end(int position) {
    close(position);
    open = -1;
  }

  long[] finish(int position) {
    close(position);
    return Arrays.copyOf(frames, count);
  }

  private void close(int position) {
    if (open < 0 || position - open < LEAST) {
      return;
    }
    if (count == frames.length) {
      frames = Arrays.copyOf(frames, count * 2);
    }
    frames[count] = open;
    frames[count + 1] = (long) position - open;
    count += 2;
  }
}
