package io.picklift.samples.baolife;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.account.RunSummary;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.ProgressListener;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample's adapters: net worth, age groups, and one class name for all versions of the game.
 */
@Tag("database")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdaptersTest {
  private Baolife baolife;
  private RunSummary summary;
  private VerifyReport verified;

  @SuppressWarnings("NullAway.Init") // set before all
  AdaptersTest() {}

  @BeforeAll
  void migrate(@TempDir Path folder) throws Exception {
    baolife = new Baolife(folder);
    String adapters = Path.of("baolife", "adapters").toAbsolutePath() + "/*.py";
    Files.writeString(
        baolife.configFile(),
        Files.readString(baolife.configFile()) + "adapters: [\"" + adapters + "\"]\n");
    try (Jobs jobs = Jobs.open(baolife.config(), JobOptions.defaults(), ProgressListener.NONE)) {
      summary = jobs.migrate();
      verified = jobs.verify();
    }
  }

  @Test
  void noSaveIsLostToAnAdapterAndEachComesBackExactly() {
    assertThat(summary.migratedTotal()).isEqualTo(Expected.total("migrated"));
    assertThat(verified.equal()).isEqualTo(Expected.total("migrated"));
  }

  @Test
  void netWorthIsMoneySavingsAndTheInventory() throws Exception {
    // Money that is a float has its cents in the column; values that are odd (u1031) count as
    // nothing.
    for (List<@Nullable String> row :
        baolife.query(
            "SELECT p.net_worth, ROUND(p.money, 2) + COALESCE(p.savings, 0)"
                + " + COALESCE((SELECT SUM(i.price * i.quantity) FROM inventory_item i WHERE i.save_id = p.save_id), 0)"
                + " FROM player p JOIN picklift_save s USING (save_id) WHERE s.source_key <> 'u1031'")) {
      BigDecimal difference =
          new BigDecimal(String.valueOf(row.get(0)))
              .subtract(new BigDecimal(String.valueOf(row.get(1))));
      assertThat(difference.abs()).isLessThanOrEqualTo(new BigDecimal("0.01"));
    }
    assertThat(baolife.number("SELECT COUNT(*) FROM player WHERE net_worth IS NULL")).isZero();
  }

  @Test
  void everyPersonIsInItsAgeGroup() throws Exception {
    assertThat(
            baolife.number(
                "SELECT COUNT(*) FROM person WHERE age_years IS NOT NULL AND age_group <> CASE"
                    + " WHEN age_years < 3 THEN 'infant' WHEN age_years < 13 THEN 'child'"
                    + " WHEN age_years < 20 THEN 'teenager' WHEN age_years < 65 THEN 'adult' ELSE 'senior' END"))
        .isZero();
    assertThat(baolife.number("SELECT COUNT(*) FROM person WHERE age_group IS NOT NULL"))
        .isGreaterThan(400);
  }

  @Test
  void oldSavesPersonsAreCalledWhatTheyAreCalledNow() throws Exception {
    Set<String> names = new TreeSet<>();
    baolife
        .query("SELECT DISTINCT display_class FROM person")
        .forEach(row -> names.add(String.valueOf(row.get(0))));
    assertThat(names).containsExactly("person");
    assertThat(baolife.number("SELECT COUNT(*) FROM player WHERE save_version = 1")).isPositive();
  }

  @Test
  void raritiesAreWords() throws Exception {
    assertThat(
            baolife.number(
                "SELECT COUNT(*) FROM inventory_item"
                    + " WHERE rarity_name <> ELT(rarity, 'common', 'rare', 'unique')"))
        .isZero();
    assertThat(baolife.number("SELECT COUNT(DISTINCT rarity_name) FROM inventory_item"))
        .isEqualTo(3);
  }
}
