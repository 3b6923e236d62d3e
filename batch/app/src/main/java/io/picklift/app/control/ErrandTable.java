package io.picklift.app.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code picklift_errand}: what commands hand to a follower. Never commits. */
public final class ErrandTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  private ErrandTable() {}

  /** How far an errand is. */
  enum State {
    ASKED,
    TAKEN,
    RUNNING,
    DONE;

    private String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * What the command that waits sees.
   *
   * @param outcome null until it is done
   */
  record Seen(State state, @Nullable ErrandOutcome outcome) {}

  /** Hands a command over; returns its number. */
  static long ask(
      Connection connection, String source, MappingPrint mapping, List<String> arguments)
      throws SQLException {
    String sql =
        """
        INSERT INTO picklift_errand (source_table, mapping, arguments, state, asked_at, heard)
        VALUES (?, ?, ?, 'asked', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
        """;
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, source);
      insert.setBytes(2, mapping.bytes());
      insert.setString(3, JSON.writeValueAsString(arguments));
      insert.executeUpdate();
      try (ResultSet key = insert.getGeneratedKeys()) {
        key.next();
        return key.getLong(1);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }

  /** Says that the command still waits, and looks; null where the errand is gone. */
  static @Nullable Seen look(Connection connection, long id) throws SQLException {
    String heard = "UPDATE picklift_errand SET heard = UTC_TIMESTAMP(6) WHERE errand_id = ?";
    update(connection, heard, id);
    String sql =
        "SELECT state, exit_status, output, failure FROM picklift_errand WHERE errand_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        State state = State.valueOf(row.getString(1).toUpperCase(java.util.Locale.ROOT));
        return new Seen(
            state,
            state == State.DONE
                ? new ErrandOutcome(row.getInt(2), row.getString(3), row.getString(4))
                : null);
      }
    }
  }

  /** Takes an errand back; false where it is being done or was done. */
  static boolean withdraw(Connection connection, long id) throws SQLException {
    String sql = "DELETE FROM picklift_errand WHERE errand_id = ? AND state IN ('asked', 'taken')";
    return update(connection, sql, id) == 1;
  }

  /** The command has what it waited for. */
  static void remove(Connection connection, long id) throws SQLException {
    update(connection, "DELETE FROM picklift_errand WHERE errand_id = ?", id);
  }

  /**
   * A follower begins: what the last one had begun is asked anew, since each of these commands may
   * be done again.
   */
  public static void begin(Connection connection, String source) throws SQLException {
    forget(connection);
    String sql =
        """
        UPDATE picklift_errand SET state = 'asked'
        WHERE source_table = ? AND state IN ('taken', 'running')
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, source);
      update.executeUpdate();
    }
  }

  /** Forgets what nobody waits for any more, whatever became of it. No errand is being done. */
  public static void forget(Connection connection) throws SQLException {
    // A command whose server was away waits on; by default no longer than two minutes.
    try (Statement delete = connection.createStatement()) {
      delete.executeUpdate(
          "DELETE FROM picklift_errand WHERE heard < UTC_TIMESTAMP(6) - INTERVAL 5 MINUTE");
    }
  }

  /** Takes the oldest errand that somebody waits for; null where there is none. */
  public static @Nullable Errand take(Connection connection, String source) throws SQLException {
    String sql =
        """
        SELECT errand_id, mapping, arguments FROM picklift_errand
        WHERE source_table = ? AND state = 'asked'
          AND heard > UTC_TIMESTAMP(6) - INTERVAL 15 SECOND
        ORDER BY errand_id LIMIT 1
        """;
    Errand errand;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        MappingPrint mapping = MappingPrint.of(row.getBytes(2));
        errand = new Errand(row.getLong(1), mapping, JSON.readValue(row.getString(3), TEXTS));
      } catch (JsonProcessingException e) {
        throw new SQLException("picklift_errand has arguments that are no JSON list of texts", e);
      }
    }
    return moved(connection, errand.id(), State.ASKED, State.TAKEN) ? errand : null;
  }

  /** Begins what was taken; false where nobody waits for it any more. */
  public static boolean start(Connection connection, long id) throws SQLException {
    return moved(connection, id, State.TAKEN, State.RUNNING);
  }

  /** Gives back what was taken, and maybe begun. */
  public static void release(Connection connection, long id) throws SQLException {
    boolean unused =
        moved(connection, id, State.TAKEN, State.ASKED)
            || moved(connection, id, State.RUNNING, State.ASKED);
  }

  private static boolean moved(Connection connection, long id, State from, State to)
      throws SQLException {
    String sql = "UPDATE picklift_errand SET state = ? WHERE errand_id = ? AND state = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, to.text());
      update.setLong(2, id);
      update.setString(3, from.text());
      return update.executeUpdate() == 1;
    }
  }

  /** Enters what became of an errand. */
  public static void done(Connection connection, long id, ErrandOutcome outcome)
      throws SQLException {
    String sql =
        """
        UPDATE picklift_errand SET state = 'done', exit_status = ?, output = ?, failure = ?
        WHERE errand_id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, outcome.status());
      update.setString(2, outcome.output());
      update.setString(3, outcome.failure());
      update.setLong(4, id);
      update.executeUpdate();
    }
  }

  private static int update(Connection connection, String sql, long id) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, id);
      return update.executeUpdate();
    }
  }
}
