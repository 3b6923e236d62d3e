package io.picklift.app.range;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ranges of a step, one after the other, of which the last ones may be given up. */
public final class RangesLeft {
  private List<KeyRange> ranges;
  private int next;

  public RangesLeft(List<KeyRange> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /** The next one; null at the end. */
  public @Nullable KeyRange next() {
    return next < ranges.size() ? ranges.get(next++) : null;
  }

  /** How many have not begun. */
  public int left() {
    return ranges.size() - next;
  }

  /**
   * Gives up the later half of those that have not begun, one at least.
   *
   * @return how many are kept, those included that are done
   */
  public int halve() {
    ranges = ranges.subList(0, next + left() / 2);
    return ranges.size();
  }

  /** How many there are. */
  public int size() {
    return ranges.size();
  }
}
