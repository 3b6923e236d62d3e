package io.picklift.app.cli.terminal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * How long a step will still take. A save takes time for itself and for each of its bytes; how many
 * bytes all rows have is told from a sample. The speed is that since the first seconds; a run that
 * goes on where another one was comes past what is done faster than it works, and its speed is that
 * of the later half of its time. For one thread at a time.
 */
final class WorkEstimate {
  /**
   * What a save costs beside its bytes, as so many of them: as measured with saves of half a KB.
   */
  private static final double SAVE_BYTES = 1_500;

  /** Saves that are worked on are done to about this share. */
  private static final double HALF = 0.5;

  private static final double NANOS = 1e9;
  private static final long MARK_NANOS = 500_000_000L;

  /** Java is slow at first. */
  private static final long WARM_UP_NANOS = 5_000_000_000L;

  private static final int MOST_MARKS = 2_000;

  private final long rows;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private long bytes;
  private Mark now;

  /** How much was done at a time. */
  private record Mark(
      long nanos, long visited, long read, long readBytes, long worked, long workedBytes) {
    Mark at(long time) {
      return new Mark(time, visited, read, readBytes, worked, workedBytes);
    }

    /** Rows that were only looked at. */
    long passed() {
      return Math.max(0, visited - Math.max(read, worked));
    }

    /** Saves that are worked on. */
    long inHand() {
      return Math.max(0, read - worked);
    }
  }

  /**
   * @param rows about how many there are
   * @param began by {@link System#nanoTime}
   */
  WorkEstimate(long rows, long began) {
    this.rows = rows;
    now = new Mark(began, 0, 0, 0, 0, 0);
    marks.add(now);
  }

  /** All rows have about so many bytes. */
  void sized(long all) {
    bytes = all;
  }

  void done(long more) {
    now =
        new Mark(
            now.nanos, now.visited + more, now.read, now.readBytes, now.worked, now.workedBytes);
  }

  /** So many of the visited rows are to be worked on. */
  void read(long saves, long theirBytes) {
    now =
        new Mark(
            now.nanos,
            now.visited,
            now.read + saves,
            now.readBytes + theirBytes,
            now.worked,
            now.workedBytes);
  }

  /** So many saves are worked on, to the end. */
  void worked(long saves, long theirBytes) {
    now =
        new Mark(
            now.nanos,
            now.visited,
            now.read,
            now.readBytes,
            now.worked + saves,
            now.workedBytes + theirBytes);
  }

  /** Called now and then, with the time by {@link System#nanoTime}. */
  void mark(long time) {
    if (time - marks.getLast().nanos < MARK_NANOS) {
      return;
    }
    marks.addLast(now.at(time));
    if (marks.size() > MOST_MARKS) {
      thin();
    }
  }

  /** How much of the time so far says nothing of the speed. */
  private static long leftOut(long nanos, boolean hasPassed) {
    if (hasPassed) {
      return nanos / 2;
    }
    return Math.min(nanos / 2, WARM_UP_NANOS);
  }

  /** Leaves every other mark out, those of the first seconds apart. */
  private void thin() {
    long warm = marks.getFirst().nanos + 2 * WARM_UP_NANOS;
    boolean[] isKept = new boolean[1];
    marks.removeIf(
        mark -> {
          isKept[0] = !isKept[0];
          return mark.nanos > warm && !isKept[0];
        });
  }

  /** The seconds that are left; empty where nothing tells. */
  OptionalDouble secondsLeft(long time) {
    mark(time);
    Mark end = now.at(time);
    Mark from = newestWithin(leftOut(time - marks.getFirst().nanos, end.passed() > 0));
    double seconds = (time - from.nanos) / NANOS;
    double speed = (units(end) - units(from)) / seconds;
    boolean isOver = end.visited >= rows && end.inHand() == 0;
    if (rows == 0 || isOver || seconds <= 0 || speed <= 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(left(end) / speed);
  }

  /** The newest mark of the first so many nanoseconds. */
  private Mark newestWithin(long nanos) {
    Mark from = marks.getFirst();
    long end = from.nanos + nanos;
    for (Mark mark : marks) {
      if (mark.nanos > end) {
        break;
      }
      from = mark;
    }
    return from;
  }

  private double left(Mark at) {
    double all = rows * SAVE_BYTES + bytes;
    double left = all - units(at);
    // Near its end a sample says less than the rows that are left.
    double finished = at.visited - HALF * at.inHand();
    double byRows = Math.max(0, rows - finished) * all / rows;
    return Math.min(Math.max(left, byRows / 4), byRows * 4);
  }

  /** What is done, with the bytes that rows have on average for those that were only looked at. */
  private double units(Mark at) {
    double mean = rows == 0 ? 0 : bytes / (double) rows;
    double inHandBytes = Math.max(0, at.readBytes - at.workedBytes);
    double theirs = bytes == 0 ? 0 : at.workedBytes + HALF * inHandBytes;
    return at.passed() * (mean + SAVE_BYTES)
        + (at.worked + HALF * at.inHand()) * SAVE_BYTES
        + theirs;
  }
}
