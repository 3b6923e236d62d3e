package io.picklift.schema.profile;

import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.jspecify.annotations.Nullable;

/** How many different values there were, about: HyperLogLog of at most a kilobyte. */
final class Distinct {
  /** 1,024 registers: estimates within 3.5%. */
  private static final int LG_REGISTERS = 10;

  private static final int RECENT = 16;

  private @Nullable HllSketch sketch;

  /** Values that were just seen need not be asked again: most attributes repeat themselves. */
  private final long[] recent = new long[RECENT];

  void add(long value) {
    // 0 is what an unused place of recent has.
    long hash = value == 0 ? 1 : value;
    int slot = (int) hash & RECENT - 1;
    if (recent[slot] == hash) {
      return;
    }
    recent[slot] = hash;
    HllSketch to = sketch;
    if (to == null) {
      to = new HllSketch(LG_REGISTERS, TgtHllType.HLL_8);
      sketch = to;
    }
    to.update(hash);
  }

  void merge(Distinct other) {
    if (other.sketch == null) {
      return;
    }
    Union union = new Union(LG_REGISTERS);
    if (sketch != null) {
      union.update(sketch);
    }
    union.update(other.sketch);
    sketch = union.getResult(TgtHllType.HLL_8);
  }

  /** Rounded to two digits from 100 on, so that the order of saves does not show. */
  long estimate() {
    if (sketch == null) {
      return 0;
    }
    // The composite estimate depends on the registers alone, the usual one on their history too.
    long estimate = Math.round(sketch.getCompositeEstimate());
    long unit = 1;
    while (estimate / unit >= 100) {
      unit *= 10;
    }
    return (estimate + unit / 2) / unit * unit;
  }
}
