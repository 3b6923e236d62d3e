package io.picklift.samples.baolife;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.picklift.app.account.RunSummary;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.source.ProgressListener;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the tables hold after a migration is what CPython found in the same saves. */
@Tag("database")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationTest {
  private Baolife baolife;
  private RunSummary summary;

  @SuppressWarnings("NullAway.Init") // set before all
  MigrationTest() {}

  @BeforeAll
  void migrate(@TempDir Path folder) throws Exception {
    baolife = new Baolife(folder);
    try (Jobs jobs = Jobs.open(baolife.config(), JobOptions.defaults(), ProgressListener.NONE)) {
      summary = jobs.migrate();
    }
  }

  @Test
  void everyRowIsAccountedFor() {
    assertThat(summary.rows()).isEqualTo(Expected.total("rows"));
    assertThat(summary.migratedTotal()).isEqualTo(Expected.total("migrated"));
    assertThat(summary.quarantinedSaves()).isEqualTo(Expected.total("quarantined"));
    assertThat(summary.counts().changed()).isZero();
    assertThat(summary.counts().unexplained()).isZero();
  }

  @Test
  void exactlyTheBadRowsAreQuarantinedWithTheirReasons() throws Exception {
    SortedMap<String, String> expected = new TreeMap<>();
    Expected.rows("quarantined").forEach((id, row) -> expected.put(id, row.get("reason").asText()));
    SortedMap<String, String> found = new TreeMap<>();
    for (List<@Nullable String> row :
        baolife.query(
            "SELECT s.source_key, q.reason FROM picklift_save s"
                + " JOIN picklift_quarantine q USING (save_id) WHERE s.status = 'quarantined'")) {
      found.put(String.valueOf(row.get(0)), String.valueOf(row.get(1)));
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void theLedgerSaysOfEachSaveWhatItIs() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    for (List<@Nullable String> row :
        baolife.query(
            "SELECT source_key, pickle_bytes, protocol, encodings, restored_as, HEX(blob_sha256), a.row_count"
                + " FROM picklift_save JOIN picklift_archive a USING (save_id) WHERE status = 'migrated'")) {
      String id = String.valueOf(row.get(0));
      JsonNode expected = Expected.row(id);
      softly.assertThat(row.get(1)).as(id).isEqualTo(expected.get("pickle").get("bytes").asText());
      softly.assertThat(row.get(2)).as(id).isEqualTo(expected.get("protocol").asText());
      softly.assertThat(row.get(3)).as(id).isEqualTo(id.equals("u1026") ? "zlib" : "");
      if (expected.get("writesBack").asText().equals("identical")) {
        softly.assertThat(row.get(4)).as(id).isEqualTo("identical");
      } else {
        softly.assertThat(row.get(4)).as(id).isIn("identical", "kept");
      }
      int rows =
          Expected.counts(expected.get("facts").get("rows")).values().stream()
              .mapToInt(Integer::intValue)
              .sum();
      softly.assertThat(row.get(6)).as(id).isEqualTo(String.valueOf(rows));
    }
    softly.assertAll();
  }

  @Test
  void everyTableHasTheRowsOfEverySave() throws Exception {
    SortedMap<String, Integer> totals = new TreeMap<>();
    for (String table : Expected.tableRows().keySet()) {
      totals.put(table, (int) baolife.number("SELECT COUNT(*) FROM " + table));
    }
    assertThat(totals).isEqualTo(Expected.tableRows());
    SaveIds ids = saveIds();
    for (Map.Entry<String, JsonNode> row : Expected.rows("migrated").entrySet()) {
      SortedMap<String, Integer> counts = new TreeMap<>();
      for (String table : totals.keySet()) {
        counts.put(
            table,
            (int)
                baolife.number(
                    "SELECT COUNT(*) FROM " + table + " WHERE save_id = ?", ids.get(row.getKey())));
      }
      assertThat(counts)
          .as(row.getKey())
          .isEqualTo(Expected.counts(row.getValue().get("facts").get("rows")));
    }
  }

  @Test
  void sumsOverTheTablesAreThoseOverTheObjects() throws Exception {
    Map<String, String> sums =
        Map.of(
            "person.ageDays", "SELECT SUM(age_days) FROM person WHERE save_id = ?",
            "relationship.affection", "SELECT SUM(affection) FROM relationship WHERE save_id = ?",
            "message.id", "SELECT SUM(message_id) FROM message WHERE save_id = ?",
            "item.quantity", "SELECT SUM(quantity) FROM inventory_item WHERE save_id = ?",
            "item.price", "SELECT SUM(price) FROM inventory_item WHERE save_id = ?");
    SoftAssertions softly = new SoftAssertions();
    SaveIds ids = saveIds();
    for (Map.Entry<String, JsonNode> row : Expected.rows("migrated").entrySet()) {
      for (Map.Entry<String, String> sum : sums.entrySet()) {
        String expected = row.getValue().get("facts").get("sums").get(sum.getKey()).asText();
        if (!expected.equals("NaN")) {
          String found = baolife.query(sum.getValue(), ids.get(row.getKey())).get(0).get(0);
          softly
              .assertThat(new BigDecimal(found == null ? "0" : found))
              .as(row.getKey() + " " + sum.getKey())
              .isEqualByComparingTo(expected);
        }
      }
    }
    softly.assertAll();
  }

  @Test
  void referencesLeadWhereTheObjectsDid() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    SaveIds ids = saveIds();
    for (Map.Entry<String, JsonNode> row : Expected.rows("migrated").entrySet()) {
      JsonNode facts = row.getValue().get("facts");
      Long id = ids.get(row.getKey());
      softly
          .assertThat(
              baolife.number(
                  "SELECT COUNT(*) FROM relationship r JOIN player p ON p.save_id = r.save_id"
                      + " AND p.ordinal = r.player WHERE r.save_id = ?",
                  id))
          .as(row.getKey())
          .isEqualTo(facts.get("relationshipsThatPointBack").asLong());
    }
    softly.assertAll();
  }

  @Test
  void valuesStandWhereTheirPathsLead() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    SaveIds ids = saveIds();
    int compared = 0;
    try (Connection target = baolife.target()) {
      for (Map.Entry<String, JsonNode> row : Expected.rows("migrated").entrySet()) {
        JsonNode values = row.getValue().get("facts").get("values");
        Map<String, String> relationships = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
          if (values.has("r[" + i + "].id")) {
            relationships.put(String.valueOf(i), values.get("r[" + i + "].id").asText());
          }
        }
        for (Map.Entry<String, JsonNode> value : values.properties()) {
          Paths.Query query = Paths.of(value.getKey(), relationships);
          Object[] parameters = new Object[query.parameters().size() + 1];
          parameters[0] = ids.get(row.getKey());
          for (int i = 0; i < query.parameters().size(); i++) {
            parameters[i + 1] = query.parameters().get(i);
          }
          String as = row.getKey() + " " + value.getKey();
          List<List<@Nullable String>> found = Baolife.query(target, query.sql(), parameters);
          softly.assertThat(found).as(as).hasSize(1);
          if (found.size() == 1) {
            softly
                .assertThat(Shown.normal(value.getValue(), found.get(0).get(0)))
                .as(as)
                .isEqualTo(Shown.of(value.getKey(), value.getValue()));
          }
          compared++;
        }
      }
    }
    softly.assertAll();
    assertThat(compared).isGreaterThan(2000);
  }

  @Test
  void aHostilePickleIsNamedAndInert() throws Exception {
    assertThat(
            baolife.query(
                "SELECT q.names FROM picklift_quarantine q JOIN picklift_save s USING (save_id)"
                    + " WHERE s.source_key = 'u1029'"))
        .containsExactly(List.of("posix.system"));
    assertThat(baolife.number("SELECT COUNT(*) FROM player WHERE user_id = 'u1030'")).isOne();
    assertThat(Path.of("/tmp/picklift-hostile-was-run")).doesNotExist();
  }

  @Test
  void theSourceIsAsItWas() throws Exception {
    try (Connection source = baolife.source()) {
      assertThat(Baolife.query(source, "SELECT id FROM lifesim_savegames"))
          .hasSize(Expected.total("rows"));
      assertThat(
              new TreeSet<>(
                  Baolife.query(source, "SHOW TABLES").stream()
                      .map(row -> String.valueOf(row.get(0)))
                      .toList()))
          .containsExactly("flyway_schema_history", "lifesim_savegames", "messages");
    }
  }

  private interface SaveIds {
    Long get(String id);
  }

  private SaveIds saveIds() throws Exception {
    Map<String, Long> ids = new HashMap<>();
    for (List<@Nullable String> row :
        baolife.query("SELECT source_key, save_id FROM picklift_save")) {
      ids.put(String.valueOf(row.get(0)), Long.valueOf(String.valueOf(row.get(1))));
    }
    return id -> Objects.requireNonNull(ids.get(id), id);
  }
}
