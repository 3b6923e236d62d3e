package io.picklift.schema.zones;

import java.util.Arrays;

/**
 * A {@code dateutil.tz.tzfile}, whose pickle holds the whole table of its changes: read as dateutil
 * reads it.
 */
final class TableZone implements Zone {
  private static final long SECOND = 1_000_000;

  /** When the offset changes, in seconds by the clock before the change. */
  private final long[] changes;

  /** The same in seconds of UTC. */
  private final long[] instants;

  /** The offset in microseconds from each change on. */
  private final long[] offsets;

  private final long before;

  /** From the last change on: dateutil then takes the standard time of the zone. */
  private final long standard;

  TableZone(long[] changes, long[] instants, long[] offsets, long before, long standard) {
    this.changes = changes;
    this.instants = instants;
    this.offsets = offsets;
    this.before = before;
    this.standard = standard;
  }

  private static int last(long[] times, long at) {
    int found = Arrays.binarySearch(times, at);
    if (found < 0) {
      return -found - 2;
    }
    while (found + 1 < times.length && times[found + 1] == at) {
      found++;
    }
    return found;
  }

  private long of(int index) {
    if (index + 1 >= changes.length) {
      return standard;
    }
    return index < 0 ? before : offsets[index];
  }

  private boolean isTwice(long seconds, int index) {
    return index > 0 && seconds < changes[index] + (of(index - 1) - of(index)) / SECOND;
  }

  @Override
  public long offset(long wall, int fold) {
    long seconds = Math.floorDiv(wall, SECOND);
    int index = last(changes, seconds);
    long offset = of(fold == 0 && isTwice(seconds, index) ? index - 1 : index);
    boolean isNever = instants.length > 0 && at(wall - offset).offset() != offset;
    return isNever ? NONE : offset;
  }

  @Override
  public Wall at(long instant) {
    int index = last(instants, Math.floorDiv(instant, SECOND));
    long offset = of(index);
    boolean isTwice = isTwice(Math.floorDiv(instant + offset, SECOND), index);
    return new Wall(offset, isTwice ? 1 : 0);
  }

  @Override
  public boolean isByRules() {
    return true;
  }
}
