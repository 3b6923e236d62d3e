package io.picklift.app.follow;

import io.picklift.app.follow.log.LoggedTransaction;
import io.picklift.app.follow.log.XaStep;
import io.picklift.app.follow.place.GtidSet;
import io.picklift.app.follow.place.LogPlace;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that were read from the log, in order, and the place up to which all of them are
 * done. For one thread.
 */
final class ReadPlaces {
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final OpenXa xa = new OpenXa();
  private final String server;
  private final @Nullable GtidSet gtids;
  private String file;
  private long offset;
  private long last;

  private long beat;

  private record Mark(
      long order, @Nullable String gtid, String file, long end, long seconds, long beat) {}

  ReadPlaces(LogPlace from) {
    server = from.server();
    String numbers = from.gtids();
    gtids = numbers == null ? null : GtidSet.parse(numbers);
    file = from.file();
    offset = from.offset();
  }

  /** Enters that a transaction was read; returns its number, from 1. */
  long read(LoggedTransaction transaction) {
    last++;
    XaStep step = transaction.xa();
    if (step != null) {
      xa.read(step, last, System.nanoTime());
    }
    marks.add(
        new Mark(
            last,
            transaction.gtid(),
            transaction.file(),
            transaction.end(),
            transaction.seconds(),
            transaction.beat()));
    return last;
  }

  /**
   * All transactions before this one are done.
   *
   * @return whether the place is another one now
   */
  boolean done(long before) {
    boolean isMoved = false;
    long limit = xa.limit(before, System.nanoTime());
    while (!marks.isEmpty() && marks.getFirst().order() < limit) {
      Mark mark = marks.removeFirst();
      if (gtids != null && mark.gtid() != null) {
        gtids.add(mark.gtid());
      }
      file = mark.file();
      offset = mark.end();
      beat = mark.beat() == 0 ? beat : mark.beat();
      isMoved = true;
    }
    return isMoved;
  }

  LogPlace place() {
    return new LogPlace(server, gtids == null ? null : gtids.toString(), file, offset);
  }

  /** The last time of a heartbeat up to which all is done; 0 for none. */
  long beat() {
    return beat;
  }

  /** How many transactions were read that are not done. */
  int behind() {
    return marks.size();
  }

  /** When the oldest of them was written, in seconds since 1970; 0 where there is none. */
  long oldestSeconds() {
    return marks.isEmpty() ? 0 : marks.getFirst().seconds();
  }
}
