package io.picklift.schema.profile.scalar;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many different values there were: exactly while there are few, then about, by a sketch that
 * takes a kilobyte. It depends on the values alone, in whatever order and parts they came.
 */
final class DistinctCount {
  /** 1,024 registers: the standard error is 2.4%. */
  private static final int PRECISION = 10;

  private static final int MOST_FEW = 64;
  private static final int FIRST_FEW = 4;
  private static final long[] NONE = {};

  /** The hashes of the values while they are few, of which none is 0; open addressing. */
  private long[] few = new long[FIRST_FEW];

  private int size;
  private @Nullable UltraLogLog many;

  /**
   * Adds a value.
   *
   * @param hash all of whose bits depend on the value
   */
  void add(long hash) {
    UltraLogLog to = many;
    if (to != null) {
      to.add(hash);
    } else {
      addFew(hash == 0 ? 1 : hash);
    }
  }

  private void addFew(long hash) {
    int at = place(few, hash);
    if (few[at] == hash) {
      return;
    }
    few[at] = hash;
    size++;
    if (size > MOST_FEW) {
      sketch();
    } else if (size * 2 > few.length) {
      few = grown(few);
    }
  }

  /** Where the hash is or would be. */
  private static int place(long[] hashes, long hash) {
    int mask = hashes.length - 1;
    int at = (int) hash & mask;
    while (hashes[at] != hash && hashes[at] != 0) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private static long[] grown(long[] hashes) {
    long[] grown = new long[hashes.length * 2];
    for (long hash : hashes) {
      if (hash != 0) {
        grown[place(grown, hash)] = hash;
      }
    }
    return grown;
  }

  private UltraLogLog sketch() {
    if (many == null) {
      many = UltraLogLog.create(PRECISION);
      Arrays.stream(few).filter(hash -> hash != 0).forEach(many::add);
      few = NONE;
    }
    return many;
  }

  void merge(DistinctCount other) {
    Arrays.stream(other.few).filter(hash -> hash != 0).forEach(this::add);
    if (other.many != null) {
      sketch().add(other.many);
    }
  }

  /**
   * Which share of the values of the one that has fewer is among those of the other, from 0 to 1.
   * Of sketches it is a guess, and one of less than a tenth says nothing.
   */
  double overlap(DistinctCount other) {
    if (many == null && other.many == null) {
      long common =
          Arrays.stream(few).filter(h -> h != 0 && other.few[place(other.few, h)] == h).count();
      return (double) common / Math.max(1, Math.min(size, other.size));
    }
    DistinctCount both = new DistinctCount();
    both.merge(this);
    both.merge(other);
    double left = count();
    double right = other.count();
    return Math.max(0, Math.min(1, (left + right - both.count()) / Math.min(left, right)));
  }

  private double count() {
    return many == null ? size : many.getDistinctCountEstimate();
  }

  /** Rounded to two digits from 100 on: more would be a claim that a sketch cannot hold. */
  long estimate() {
    long estimate = many == null ? size : Math.round(many.getDistinctCountEstimate());
    long unit = 1;
    while (estimate / unit >= 100) {
      unit *= 10;
    }
    return (estimate + unit / 2) / unit * unit;
  }
}
