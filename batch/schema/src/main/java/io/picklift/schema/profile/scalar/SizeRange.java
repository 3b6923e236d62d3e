package io.picklift.schema.profile.scalar;

/** Smallest, largest and sum of lengths or counts. */
public final class SizeRange {
  private long count;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;
  private long sum;

  public SizeRange() {}

  public void add(long value) {
    add(value, 1);
  }

  public void add(long value, long times) {
    count += times;
    sum += value * times;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  public void merge(SizeRange other) {
    count += other.count;
    sum += other.sum;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  public boolean isEmpty() {
    return count == 0;
  }

  public long count() {
    return count;
  }

  /** 0 where there was nothing. */
  public long min() {
    return count == 0 ? 0 : min;
  }

  /** 0 where there was nothing. */
  public long max() {
    return count == 0 ? 0 : max;
  }

  public long sum() {
    return sum;
  }

  public double mean() {
    return count == 0 ? 0 : (double) sum / count;
  }
}
