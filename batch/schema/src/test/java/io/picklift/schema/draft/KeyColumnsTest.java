package io.picklift.schema.draft;

import static io.picklift.schema.testing.ProfiledTables.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.drift.Drift;
import io.picklift.schema.drift.MissingPaths;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.report.ProfileFiles;
import io.picklift.schema.tables.join.JoinException;
import io.picklift.schema.testing.ProfiledTables;
import io.picklift.schema.testing.Saves;
import io.picklift.schema.testing.TestDatabase;
import io.picklift.schema.testing.ZippedSaves;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Keys of several kinds, keys with parts and objects as keys are in columns, and Decimals of
 * different numbers of places in one: keys.py.
 */
class KeyColumnsTest {
  private static final ZippedSaves SAVES = ZippedSaves.of("/keys.zip");

  @Test
  void nearlyEveryValueIsInAColumnAndEverySaveComesBack() throws Exception {
    ProfiledTables tables = ProfiledTables.of(SAVES.saves("farm"));
    tables.assertRestored();
    assertThat(tables.percentInColumns()).as(tables.text()).isGreaterThanOrEqualTo(98);
    assertThat(tables.text())
        .contains("key_str:  {path: \"$key\"")
        .contains("key_0: {path: \"$key[0]\"")
        .contains("{path: \"$key\", references: field}");
  }

  @Test
  void profileKnowsTheKeysOfItsOwnMapping() throws Exception {
    Profile profile = ProfiledTables.profile(SAVES.saves("farm"));
    ProfiledTables tables = ProfiledTables.of(SAVES.saves("farm"));
    assertThat(MissingPaths.of(profile, tables.mapping())).as(tables.text()).isEmpty();
    String before = ProfileFiles.all(profile).getOrDefault("profile.json", "");
    assertThat(Drift.compare(profile, tables.mapping(), before).findings()).isEmpty();
  }

  @Test
  void aKeyOfAnotherKindIsNew() throws Exception {
    List<byte[]> pickles = SAVES.saves("farm");
    String frozen =
        ProfiledTables.of(pickles).text().replace("version: 1", "version: 1\non_new: freeze");
    ProfiledTables.under(pickles, frozen);
    String narrow = frozen.replaceAll("(?m)^ *key_date:.*\n", "");
    assertThat(narrow).isNotEqualTo(frozen);
    assertThatThrownBy(() -> ProfiledTables.under(pickles, narrow))
        .hasMessageContaining("save_option.$key is of a type that the mapping does not know");
  }

  @Tag("database")
  @Test
  void sqlAnswersAsPythonDoes() throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(SAVES.saves("farm"));
      tables.create(connection);
      tables.assertAnswers(connection, SAVES.questions("farm"));
      tables.assertRestoredFrom(connection);
    }
  }

  @Tag("database")
  @Test
  void aChangedKeyIsAChangedKey() throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      ProfiledTables tables = ProfiledTables.of(SAVES.saves("farm"));
      tables.create(connection);
      try (var statement = connection.createStatement()) {
        statement.execute("UPDATE save_option SET key_str = 'card' WHERE key_str = 'gift'");
        statement.execute("UPDATE save_option SET key_int = 99 WHERE key_int = 1");
        statement.execute("UPDATE save_plan SET key_0 = 1999 WHERE key_0 = 2023 AND save_id = 3");
        statement.execute("UPDATE save_option SET key_int = 10 WHERE save_id = 1 AND key_int = 99");
      }
      SaveGraph joined = Saves.decode(Saves.encode(tables.joinedFrom(connection, 3)));
      ProfiledTables again = ProfiledTables.under(List.of(Saves.encode(joined)), tables.text());
      try (Connection second = database.connect(database.freshSchema())) {
        again.create(second);
        assertThat(ask(second, "SELECT COUNT(*) FROM save_option WHERE key_str = 'card'"))
            .isEqualTo("1");
        assertThat(ask(second, "SELECT COUNT(*) FROM save_option WHERE key_int = 99"))
            .isEqualTo("1");
        assertThat(ask(second, "SELECT COUNT(*) FROM save_plan WHERE key_0 = 1999")).isEqualTo("1");
      }
      // Two equal keys: one row would have no place.
      assertThatThrownBy(() -> tables.joinedFrom(connection, 1)).isInstanceOf(JoinException.class);
    }
  }
}
