package io.picklift.app.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Counts rows by the time at which they were done, in at most two hundred spans. */
final class Throughput {
  private static final int SPANS = 200;

  private final Instant began;
  private final long[] counts = new long[SPANS];
  private int seconds = 1;

  Throughput(Instant began) {
    this.began = began;
  }

  void add() {
    long at = Math.max(0, Duration.between(began, Instant.now()).toSeconds());
    while (at / seconds >= SPANS) {
      for (int i = 0; i < SPANS; i++) {
        long both = 2 * i + 1 < SPANS ? counts[2 * i] + counts[2 * i + 1] : 0;
        counts[i] = both;
      }
      seconds *= 2;
    }
    counts[(int) (at / seconds)]++;
  }

  int secondsASpan() {
    return seconds;
  }

  /** Rows a span, up to the last that has any. */
  List<Long> rates() {
    int end = SPANS;
    while (end > 0 && counts[end - 1] == 0) {
      end--;
    }
    List<Long> rates = new ArrayList<>();
    for (int i = 0; i < end; i++) {
      rates.add(counts[i]);
    }
    return rates;
  }
}
