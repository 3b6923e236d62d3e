package io.picklift.schema.tables.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.testing.SaveTables;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A new time-zone database must not change a byte of what is restored. */
@Tag("database")
class ChangedRulesTest {
  /** Protocol 4 of {'at': datetime(2024, 5, 1, 12, tzinfo=ZoneInfo('Picklift/Moves'))}. */
  private static final byte[] PICKLE =
      HexFormat.of()
          .parseHex(
              "80047d94288c026174948c086461746574696d65948c086461746574696d65949394430a07e805010c"
                  + "0000000000948c087a6f6e65696e666f948c125a6f6e65496e666f2e5f756e7069636b6c65949394"
                  + "8c0e5069636b6c6966742f4d6f766573944b018694529486945294752e");

  /** A zone of one offset, which governments change. */
  private static final class Moving extends ZoneRulesProvider {
    private static int hours = 2;

    @Override
    protected Set<String> provideZoneIds() {
      return Set.of("Picklift/Moves");
    }

    @Override
    protected ZoneRules provideRules(String zone, boolean forCaching) {
      return ZoneRules.of(ZoneOffset.ofHours(hours));
    }

    @Override
    protected NavigableMap<String, ZoneRules> provideVersions(String zone) {
      return new TreeMap<>();
    }
  }

  @Test
  void anUnchangedCellIsRestoredByTheOffsetOfThenAndAChangedOneByTodaysRules() throws Exception {
    ZoneRulesProvider.registerProvider(new Moving());
    try (SaveTables tables =
        new SaveTables(
            """
            version: 1
            tables:
              job:
                root: true
                columns:
                  at: {type: DATETIME(6), zone: utc, offset: ahead}
            """)) {
      tables.add(PICKLE);
      assertThat(tables.query("SELECT HOUR(at), ahead FROM job")).containsExactly("10 7200");
      Moving.hours = 5;
      assertThat(tables.restore(1)).isEqualTo(PICKLE);
      tables.sql("UPDATE job SET at = at + INTERVAL 1 HOUR");
      byte[] changed = tables.restore(1);
      assertThat(changed).as("11 o'clock in UTC is 16 there now").hasSameSizeAs(PICKLE);
      assertThat(changed[40]).isEqualTo((byte) 16);
    }
  }
}
