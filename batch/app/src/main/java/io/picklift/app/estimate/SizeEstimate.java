package io.picklift.app.estimate;

import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out about how long the BLOBs of a source are all together, from some rows spread over all
 * of it, in a thread beside the run: whoever is done within seconds needs no estimate. Without one,
 * time is told by the number of rows.
 */
public final class SizeEstimate {
  private static final Logger LOG = LoggerFactory.getLogger(SizeEstimate.class);

  /** A run that takes less is not asked how long it takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int PLACES = 500;

  /** Rows at one place; going to a place costs more than another row there. */
  private static final int ROWS_AT_A_PLACE = 4;

  /** No more than one of so many rows. */
  private static final int LEAST_STRIDE = 4;

  private static final int ASKED_TOGETHER = 25;

  /** The server reads a BLOB to tell its length. */
  private static final long MOST_BYTES = 256L << 20;

  private static final Duration MOST_TIME = Duration.ofSeconds(5);

  private final SaveSource source;
  private final long rows;

  private SizeEstimate(SaveSource source, long rows) {
    this.source = source;
    this.rows = rows;
  }

  /**
   * Begins, and tells {@code progress} when it knows; never where the source cannot be asked.
   *
   * @param step the name of the progress' step that goes over all rows
   * @param rows how many rows the source has
   */
  public static void begin(SaveSource source, String step, long rows, ProgressListener progress) {
    if (progress == ProgressListener.NONE || rows < PLACES) {
      return;
    }
    SizeEstimate estimate = new SizeEstimate(source, rows);
    Thread thread = new Thread(() -> estimate.tell(step, progress), "estimate");
    thread.setDaemon(true);
    thread.start();
  }

  private void tell(String step, ProgressListener progress) {
    try {
      TimeUnit.MILLISECONDS.sleep(PATIENCE.toMillis());
      double mean = meanBytes();
      if (!Double.isNaN(mean)) {
        progress.sized(step, Math.round(mean * rows));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      // The run itself waits for a server that is away, and tells; or it is over.
      LOG.debug("no estimate of sizes", e);
    }
  }

  /** How long a BLOB is on average; NaN where it would take too long to find out. */
  double meanBytes() throws SQLException {
    long end = System.nanoTime() + MOST_TIME.toNanos();
    List<List<SaveKey>> places = places(end);
    if (places.isEmpty()) {
      return Double.NaN;
    }
    // A sample that ends early is to be of all places all the same. Always the same ones: an
    // estimate that differs from run to run tells less.
    Collections.shuffle(places, new Random(rows));
    long bytes = 0;
    long asked = 0;
    for (int i = 0; i < places.size() && bytes < MOST_BYTES; i += ASKED_TOGETHER) {
      List<SaveKey> keys = new ArrayList<>();
      places.subList(i, Math.min(places.size(), i + ASKED_TOGETHER)).forEach(keys::addAll);
      for (long size : source.sizes(keys)) {
        bytes += size;
      }
      asked += keys.size();
      if (System.nanoTime() > end) {
        break;
      }
    }
    return asked == 0 ? Double.NaN : bytes / (double) asked;
  }

  /** Keys at places that are equally far from each other; none where there is no time. */
  private List<List<SaveKey>> places(long end) throws SQLException {
    long stride = Math.max(rows / PLACES, (long) LEAST_STRIDE * ROWS_AT_A_PLACE);
    List<List<SaveKey>> places = new ArrayList<>();
    List<SaveKey> place = source.keysAfter(null, stride / 2, ROWS_AT_A_PLACE);
    while (!place.isEmpty()) {
      if (System.nanoTime() > end) {
        return List.of();
      }
      places.add(place);
      SaveKey last = place.get(place.size() - 1);
      place = source.keysAfter(last, stride - ROWS_AT_A_PLACE, ROWS_AT_A_PLACE);
    }
    return places;
  }
}
