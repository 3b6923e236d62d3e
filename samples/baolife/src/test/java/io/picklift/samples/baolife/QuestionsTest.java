package io.picklift.samples.baolife;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.source.ProgressListener;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the game's developers asked is answered through an index, table by table. The server decides
 * by its statistics: those of tables that were just loaded make it read some of them whole.
 */
@Tag("database")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuestionsTest {
  private Baolife baolife;

  @SuppressWarnings("NullAway.Init") // set before all
  QuestionsTest() {}

  @BeforeAll
  void migrate(@TempDir Path folder) throws Exception {
    baolife = new Baolife(folder);
    try (Jobs jobs = Jobs.open(baolife.config(), JobOptions.defaults(), ProgressListener.NONE)) {
      jobs.migrate();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what                            | the question
          a user's save by id and status    | SELECT money FROM player WHERE user_id = 'u1019' AND status = 'alive'
          saves by last update              | SELECT user_id FROM player WHERE last_update >= '2026-01-01' ORDER BY last_update DESC
          the last saves                    | SELECT user_id FROM player WHERE last_update IS NOT NULL ORDER BY last_update DESC LIMIT 3
          saves by status and last update   | SELECT user_id FROM player WHERE status = 'alive' AND last_update >= '2026-01-01' ORDER BY last_update
          persons by age                    | SELECT p.firstname, u.user_id FROM person p JOIN player u USING (save_id) WHERE p.age_years >= 90
          persons by name                   | SELECT age_years FROM person WHERE lastname = 'Lindqvist' AND firstname = 'Sofia'
          relationships by user             | SELECT r.kind, p.firstname FROM player u JOIN relationship r ON r.save_id = u.save_id JOIN person p ON p.save_id = r.save_id AND p.ordinal = r.person WHERE u.user_id = 'u1019' ORDER BY r.affection DESC LIMIT 5
          relationships by user and person  | SELECT r.kind FROM player u JOIN person p ON p.save_id = u.save_id JOIN relationship r ON r.save_id = p.save_id AND r.person = p.ordinal WHERE u.user_id = 'u1019' AND p.person_id = 1008
          messages by player and date       | SELECT m.sent_at, s.firstname FROM player u JOIN message m ON m.save_id = u.save_id JOIN person s ON s.save_id = m.save_id AND s.ordinal = m.sender WHERE u.user_id = 'u1019' AND m.sent_at >= '2020-01-01' ORDER BY m.sent_at DESC LIMIT 4
          messages by date                  | SELECT message FROM message WHERE sent_at BETWEEN '2026-12-26' AND '2026-12-27'
          inventory by player               | SELECT i.name, i.quantity FROM player u JOIN inventory_item i ON i.save_id = u.save_id WHERE u.user_id = 'u1019'
          who owns a thing                  | SELECT u.user_id FROM inventory_item i JOIN player u ON u.save_id = i.save_id WHERE i.name = 'camera'
          events by player and date         | SELECT e.title FROM player u JOIN event e ON e.save_id = u.save_id WHERE u.user_id = 'u1019' AND e.event_date >= '2020-01-01' ORDER BY e.event_date
          what became of a row              | SELECT status FROM picklift_save WHERE source_key = 'u1019'
          what was quarantined lately       | SELECT source_key FROM picklift_save WHERE status = 'quarantined' AND last_written >= '2020-01-01'
          what was cut                      | SELECT s.source_key FROM picklift_quarantine q JOIN picklift_save s USING (save_id) WHERE q.reason = 'truncated'
          """)
  void isAnsweredThroughAnIndex(String what, String question) throws Exception {
    List<Access> plan = plan(question);
    assertThat(plan).isNotEmpty();
    assertThat(plan)
        .as("%s: %s", what, plan)
        .allSatisfy(
            access -> {
              assertThat(access.key()).as("an index for %s", access.table()).isNotNull();
              assertThat(access.type())
                  .as("how %s is read", access.table())
                  .isNotIn("ALL", "index");
            });
    assertThat(baolife.query(question)).as("%s has an answer", what).isNotEmpty();
  }

  /** How a table is read. */
  private record Access(String table, String type, @Nullable String key) {}

  private List<Access> plan(String question) throws SQLException {
    List<Access> plan = new ArrayList<>();
    try (Connection connection = baolife.target();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("EXPLAIN FORMAT=TRADITIONAL " + question)) {
      while (row.next()) {
        plan.add(
            new Access(
                String.valueOf(row.getString("table")),
                String.valueOf(row.getString("type")),
                row.getString("key")));
      }
    }
    return plan;
  }
}
