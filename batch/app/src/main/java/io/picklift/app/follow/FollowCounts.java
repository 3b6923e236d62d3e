package io.picklift.app.follow;

import io.picklift.app.watch.Followed;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What following did, for people. For one thread. */
public final class FollowCounts {
  private static final long SAID_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Consumer<String> say;
  private final Consumer<Followed> watcher;
  private long transactions;
  private long keys;
  private long written;
  private long unchanged;
  private long gone;
  private long unknown;
  private long passes;
  private long scans;
  private long findings;
  private long said = System.nanoTime();
  private long beat;
  private boolean isLost;

  /**
   * @param say is told lines for whoever watches
   * @param watcher is told how far following is
   */
  FollowCounts(Consumer<String> say, Consumer<Followed> watcher) {
    this.say = say;
    this.watcher = watcher;
  }

  void say(String line) {
    say.accept(line);
  }

  void transaction(int more) {
    isLost = false;
    transactions++;
    keys += more;
  }

  void stored(int stored, int same, int deleted, int strange) {
    written += stored;
    unchanged += same;
    gone += deleted;
    if (strange > 0 && unknown == 0) {
      say.accept("a key of the log is neither in the source nor in the ledger, and no row came");
    }
    unknown += strange;
  }

  /** Source and target were compared beside following. */
  void compared(long rows, long differing) {
    scans++;
    findings += differing;
    say.accept(
        String.format(
            Locale.ROOT,
            "compared %,d rows with the target: %,d differed without a change in the log",
            rows,
            differing));
  }

  /** Whether there is something to look at. */
  public boolean isLook() {
    return findings > 0;
  }

  void pass() {
    passes++;
  }

  /** One line for an outage, not one a try. */
  void lost(String why) {
    if (!isLost) {
      isLost = true;
      say.accept("the connection that sends the log was lost, it is opened again: " + why);
    }
  }

  /**
   * How far following is.
   *
   * @param behind transactions that were read and are not done
   * @param pending keys that are to be done
   */
  void lag(long millis, long behind, long pending) {
    double seconds = millis / 1_000.0;
    watcher.accept(
        new Followed(
            seconds, behind, pending, transactions, keys, written, unchanged, gone, passes));
    if (System.nanoTime() - said > SAID_NANOS) {
      said = System.nanoTime();
      say.accept(
          String.format(
              Locale.ROOT,
              "following, %.1f s and %,d transactions behind, %,d keys to do; %,d saves stored so"
                  + " far",
              seconds,
              behind,
              pending,
              written));
    }
  }

  /** Whether it is time to tell the target that following goes on. */
  boolean isHeartbeatDue() {
    if (System.nanoTime() - beat < BEAT_NANOS) {
      return false;
    }
    beat = System.nanoTime();
    return true;
  }

  /** What was done, a line each. */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, transactions, "transactions of the log");
    line(text, keys, "rows in them that were the source's");
    line(text, written, "saves stored");
    line(text, unchanged, "saves that the target already had");
    line(text, gone, "rows found gone");
    line(text, passes, "comparing passes");
    if (scans > 0) {
      line(text, scans, "comparisons while following");
      line(text, findings, "saves that differed without a change in the log");
    }
    if (unknown > 0) {
      line(text, unknown, "keys that neither the source nor the ledger has");
    }
    return text.toString();
  }

  private static void line(StringBuilder text, long count, String what) {
    text.append(String.format(Locale.ROOT, "%,10d  %s%n", count, what));
  }
}
