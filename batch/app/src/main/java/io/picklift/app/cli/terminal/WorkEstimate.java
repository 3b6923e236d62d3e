package io.picklift.app.cli.terminal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a step will still take, and the run behind it. A save takes time for itself and for each
 * of its bytes; how many bytes all rows have is told from a sample. The speed is that of the later
 * half of the time: Java is slow at first, a run that goes on where another one was comes past what
 * is done faster than it works, and what else a machine does changes. For one thread at a time.
 */
final class WorkEstimate {
  /**
   * What a save costs beside its bytes, as so many of them: as measured with saves of half a KB.
   */
  private static final double SAVE_BYTES = 1_500;

  /** Saves that are worked on are done to about this share. */
  private static final double HALF = 0.5;

  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e6;

  /**
   * The share of a processor from which on Java's second compiler is at work; the first is soon
   * done.
   */
  private static final double BUSY = 0.5;

  /**
   * While it is, a run has been measured to do two thirds of what it does afterwards: for so many
   * seconds, and less and less so up to so many.
   */
  private static final double WARMING = 1.5;

  private static final double WARMING_UP = 6;
  private static final double WARM = 15;
  private static final long MARK_NANOS = 500_000_000L;

  private static final int MOST_MARKS = 2_000;

  private final long rows;
  private final LongSupplier compiling;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private long bytes;
  private double later;
  private Mark now;
  private @Nullable Mark over;

  /** How much was done at a time, and how many milliseconds Java's compilers have worked. */
  private record Mark(
      long nanos,
      long compiling,
      long visited,
      long read,
      long readBytes,
      long worked,
      long workedBytes) {
    Mark at(long time, long compilingThen) {
      return new Mark(time, compilingThen, visited, read, readBytes, worked, workedBytes);
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
   * @param compiling tells how many milliseconds Java's compilers have worked
   */
  WorkEstimate(long rows, long began, LongSupplier compiling) {
    this.rows = rows;
    this.compiling = compiling;
    now = new Mark(began, compiling.getAsLong(), 0, 0, 0, 0, 0);
    marks.add(now);
  }

  /** All rows have about so many bytes. */
  void sized(long all) {
    bytes = all;
  }

  /** What comes after all rows are done takes about so much of what they take. */
  void followed(double share) {
    later = share;
  }

  void done(long more) {
    now =
        new Mark(
            now.nanos,
            now.compiling,
            now.visited + more,
            now.read,
            now.readBytes,
            now.worked,
            now.workedBytes);
  }

  /** So many of the visited rows are to be worked on. */
  void read(long saves, long theirBytes) {
    over = null;
    now =
        new Mark(
            now.nanos,
            now.compiling,
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
            now.compiling,
            now.visited,
            now.read,
            now.readBytes,
            now.worked + saves,
            now.workedBytes + theirBytes);
  }

  /** Called now and then, with the time by {@link System#nanoTime}. */
  void mark(long time) {
    if (over != null) {
      return;
    }
    if (rows > 0 && now.visited >= rows && now.inHand() == 0) {
      over = at(time);
      return;
    }
    if (time - marks.getLast().nanos < MARK_NANOS) {
      return;
    }
    marks.addLast(at(time));
    if (marks.size() > MOST_MARKS) {
      thin();
    }
  }

  /** Leaves every other mark out, and not the first. */
  private void thin() {
    boolean[] isKept = new boolean[1];
    marks.removeIf(
        mark -> {
          isKept[0] = !isKept[0];
          return !isKept[0];
        });
  }

  /** The seconds that are left; empty where nothing tells. */
  OptionalDouble secondsLeft(long time) {
    mark(time);
    Mark end = over == null ? at(time) : over;
    Mark from = newestWithin((end.nanos - marks.getFirst().nanos) / 2);
    double seconds = (end.nanos - from.nanos) / NANOS;
    double speed = (units(end) - units(from)) / seconds * warming(from, end);
    if (rows == 0 || seconds <= 0 || speed <= 0) {
      return OptionalDouble.empty();
    }
    double own = over == null ? left(end) : 0;
    double left = (own + later * all()) / speed - (time - end.nanos) / NANOS;
    // What takes longer than it was expected to has no known end.
    return left > 0 ? OptionalDouble.of(left) : OptionalDouble.empty();
  }

  private Mark at(long time) {
    return now.at(time, compiling.getAsLong());
  }

  /** How many times as fast Java is once its second compiler is done. */
  private double warming(Mark from, Mark end) {
    double busy = (end.compiling - from.compiling) * MILLIS / (end.nanos - from.nanos);
    double seconds = (end.nanos - marks.getFirst().nanos) / NANOS;
    if (busy < BUSY || seconds > WARM) {
      return 1;
    }
    return 1 + (WARMING - 1) * Math.min(1, (WARM - seconds) / (WARM - WARMING_UP));
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

  private double all() {
    return rows * SAVE_BYTES + bytes;
  }

  private double left(Mark at) {
    double all = all();
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
