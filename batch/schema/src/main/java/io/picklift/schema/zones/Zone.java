package io.picklift.schema.zones;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * A time zone. Times are microseconds: of a wall clock since 1970 by that clock, of an instant
 * since 1970 in UTC. An offset is what the wall clock is ahead of UTC.
 */
public sealed interface Zone permits Zone.Fixed, Zone.Rules, TableZone, Zone.Unknown {
  /** In place of an offset: there is none. */
  long NONE = Long.MIN_VALUE;

  /** A wall clock's time, and how far it is ahead of UTC; {@code offset} may be {@link #NONE}. */
  record Wall(long offset, int fold) {}

  /**
   * The offset of a wall clock's time; {@link #NONE} for one that the clock never showed, and where
   * the zone's rules are not known.
   */
  long offset(long wall, int fold);

  /** What the wall clock shows at an instant. */
  Wall at(long instant);

  /** Whether the offset depends on rules that may differ elsewhere or tomorrow. */
  boolean isByRules();

  /** One offset for all times, which the zone's pickle carries. */
  record Fixed(long offset) implements Zone {
    @Override
    public long offset(long wall, int fold) {
      return offset;
    }

    @Override
    public Wall at(long instant) {
      return new Wall(offset, 0);
    }

    @Override
    public boolean isByRules() {
      return false;
    }
  }

  /** A zone of the time-zone database, by Java's copy of it. */
  record Rules(ZoneRules rules) implements Zone {
    private static final long SECOND = 1_000_000;
    private static final int NANOS = 1_000;

    @Override
    public long offset(long wall, int fold) {
      List<ZoneOffset> valid = rules.getValidOffsets(time(wall));
      // Of two the first is the one before the clock was put back: that of fold 0.
      return valid.isEmpty()
          ? NONE
          : valid.get(Math.min(fold, valid.size() - 1)).getTotalSeconds() * SECOND;
    }

    @Override
    public Wall at(long instant) {
      ZoneOffset offset = rules.getOffset(time(instant).toInstant(ZoneOffset.UTC));
      long micros = offset.getTotalSeconds() * SECOND;
      List<ZoneOffset> valid = rules.getValidOffsets(time(instant + micros));
      return new Wall(micros, valid.indexOf(offset) > 0 ? 1 : 0);
    }

    @Override
    public boolean isByRules() {
      return true;
    }

    private static LocalDateTime time(long micros) {
      return LocalDateTime.ofEpochSecond(
          Math.floorDiv(micros, SECOND),
          (int) Math.floorMod(micros, SECOND) * NANOS,
          ZoneOffset.UTC);
    }
  }

  /** A zone whose rules neither its pickle nor Java has. */
  record Unknown() implements Zone {
    @Override
    public long offset(long wall, int fold) {
      return NONE;
    }

    @Override
    public Wall at(long instant) {
      return new Wall(NONE, 0);
    }

    @Override
    public boolean isByRules() {
      return true;
    }
  }
}
