package io.picklift.app.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** Times are compared as the server writes them. */
final class WatermarkTimesTest {
  private static String nearFrom(String value) {
    return String.valueOf(Watermark.nearFrom(value, value, 1L));
  }

  /** Where this machine's clocks go forward, it has no such time. */
  @Test
  void theZoneOfTheMachineDoesNotMatter() {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    try {
      assertThat(nearFrom("2027-03-28 02:30:00")).isEqualTo("2027-03-28 02:29:59.000000");
      assertThat(Watermark.isNear("2027-03-28 02:30:00", "2027-03-28 03:30:00", 60L)).isFalse();
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void timesAreReadAsServersAndDriversWriteThem() {
    assertThat(nearFrom("2026-11-27")).isEqualTo("2026-11-26 23:59:59.000000");
    assertThat(nearFrom("2026-11-27 10:00:01.0")).isEqualTo("2026-11-27 10:00:00.000000");
    assertThat(nearFrom("2026-11-27 10:00:01.25")).isEqualTo("2026-11-27 10:00:00.250000");
    assertThat(nearFrom("2026-1-7 9:00:01.123456789")).isEqualTo("2026-01-07 09:00:00.123456");
    assertThat(nearFrom("42")).isEqualTo("41");
    for (String other : new String[] {"soon", "2026-11-27T10:00:01", "0000-00-00 00:00:00"}) {
      assertThat(Watermark.nearFrom(other, other, 1L)).as(other).isNull();
    }
  }
}
