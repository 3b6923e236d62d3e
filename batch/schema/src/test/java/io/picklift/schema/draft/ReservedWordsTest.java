package io.picklift.schema.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.tables.rows.ReservedWords;
import io.picklift.schema.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No name that profile makes has to stand in backticks. */
class ReservedWordsTest {
  @Test
  void namesAreMadeOfThem() {
    Set<String> used = new HashSet<>();
    assertThat(NameMaker.table("order", used)).isEqualTo("orders");
    assertThat(NameMaker.table("group", used)).isEqualTo("group_row");
    assertThat(NameMaker.table("player", used)).isEqualTo("player");
    assertThat(NameMaker.column("read", used)).isEqualTo("read_value");
    assertThat(NameMaker.column("returning", used)).isEqualTo("returning_value");
    assertThat(NameMaker.column("name", used)).isEqualTo("name");
  }

  /** The server itself is asked which of its words it does not take as a column's name. */
  @Test
  @Tag("database")
  void thoseOfThisServerAreAllKnown() throws Exception {
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema());
        Statement statement = connection.createStatement()) {
      List<String> words = new ArrayList<>();
      try (ResultSet row = statement.executeQuery("SELECT word FROM information_schema.keywords")) {
        while (row.next()) {
          words.add(row.getString(1).toLowerCase(Locale.ROOT));
        }
      }
      assertThat(words).hasSizeGreaterThan(500);
      Set<String> unknown = new TreeSet<>();
      for (String word : words) {
        if (word.matches("[a-z_0-9]+")
            && !isName(statement, word)
            && !ReservedWords.contains(word)) {
          unknown.add(word);
        }
      }
      assertThat(unknown).isEmpty();
    }
  }

  private static boolean isName(Statement statement, String word) throws SQLException {
    try {
      statement.execute(
          "SELECT w." + word + " FROM (SELECT 1 AS " + word + ") w WHERE " + word + " = 1");
      statement.execute("CREATE TABLE " + word + " (" + word + " INT) ENGINE=MEMORY");
      statement.execute("DROP TABLE " + word);
      return true;
    } catch (SQLSyntaxErrorException e) {
      return false;
    }
  }
}
