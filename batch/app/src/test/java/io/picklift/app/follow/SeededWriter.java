package io.picklift.app.follow;

import com.mysql.cj.jdbc.JdbcStatement;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * An application that writes saves in all ways that there are, as a seed says. Changes that were
 * lost with their connection are no failure: the server knows which they were.
 */
final class SeededWriter implements Runnable {
  private static final int KINDS = 17;
  private static final int BYTES = 4_096;

  private final LoggingServer.Schema source;
  private final Random random;
  private final int keys;
  private final String name;
  private final Pace pace;
  private int xids;

  /**
   * @param keys among how many keys it picks
   */
  SeededWriter(LoggingServer.Schema source, long seed, int keys, String name, Pace pace) {
    this.source = source;
    random = new Random(seed);
    this.keys = keys;
    this.name = name;
    this.pace = pace;
  }

  @Override
  public void run() {
    boolean isClean = false;
    while (!pace.isEnded() || !isClean) {
      isClean = false;
      try (Connection connection = source.connect();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "SET SESSION binlog_row_image = " + (random.nextBoolean() ? "MINIMAL" : "FULL"));
        statement.execute("SET SESSION innodb_lock_wait_timeout = 2");
        // For LOAD DATA; a server that was started anew has its default again.
        statement.execute("SET GLOBAL local_infile = 1");
        recover(statement);
        int left = 200;
        while (!pace.isEnded() && left-- > 0) {
          pace.await();
          write(connection, statement);
        }
        recover(statement);
        isClean = true;
      } catch (SQLException e) {
        // Deadlocks, duplicate keys, a server that was killed: an application tries again.
        rest();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What was prepared when the server or the connection went is committed, or is not. */
  private void recover(Statement statement) throws SQLException {
    List<String> prepared = new ArrayList<>();
    try (ResultSet row = statement.executeQuery("XA RECOVER")) {
      while (row.next()) {
        if (row.getString("data").startsWith(name)) {
          prepared.add(row.getString("data"));
        }
      }
    }
    for (String xid : prepared) {
      statement.execute((random.nextBoolean() ? "XA COMMIT '" : "XA ROLLBACK '") + xid + "'");
    }
  }

  private static void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String key() {
    return "p" + random.nextInt(keys);
  }

  private void write(Connection connection, Statement statement) throws Exception {
    switch (random.nextInt(KINDS)) {
      case 0, 1, 2, 3, 4 -> put(connection, key());
      case 5 -> count(statement, "DELETE FROM saves WHERE id = '" + key() + "'");
      case 6 -> move(statement);
      case 7 -> {
        connection.setAutoCommit(false);
        for (int i = 0; i < 10; i++) {
          put(connection, key());
        }
        end(connection, true);
      }
      case 8 -> {
        connection.setAutoCommit(false);
        put(connection, key());
        count(statement, "DELETE FROM saves WHERE id = '" + key() + "'");
        end(connection, false);
      }
      case 9 -> {
        // Late: others write and commit meanwhile.
        connection.setAutoCommit(false);
        put(connection, name + random.nextInt(50));
        TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
        end(connection, true);
      }
      case 10 ->
          count(
              statement,
              "UPDATE saves SET data = (SELECT data FROM other WHERE id = "
                  + random.nextInt(12)
                  + ") WHERE id LIKE 'p"
                  + random.nextInt(100)
                  + "'");
      case 11 ->
          count(
              statement,
              "UPDATE saves s JOIN other o ON o.id = "
                  + random.nextInt(12)
                  + " SET s.data = o.data, o.touched = o.touched + 1 WHERE s.id IN ('"
                  + key()
                  + "', '"
                  + key()
                  + "')");
      case 12 ->
          count(
              statement,
              "INSERT INTO saves (id, name, data) SELECT CONCAT('copy"
                  + random.nextInt(200)
                  + "-', id), name, data FROM saves WHERE id = '"
                  + key()
                  + "' ON DUPLICATE KEY UPDATE data = VALUES(data)");
      case 13 -> xa(connection, statement);
      case 14 ->
          count(
              statement,
              "DELETE s FROM saves s JOIN other o ON o.id = 1 WHERE s.id LIKE 'copy"
                  + random.nextInt(200)
                  + "-%'");
      case 15 -> load(statement);
      default -> count(statement, "UPDATE saves SET name = 'n" + random.nextInt(9) + "' LIMIT 2");
    }
  }

  private void load(Statement statement) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      String hex = HexFormat.of().formatHex(Saves.random(random, BYTES));
      lines.append(key()).append('\t').append(hex).append('\n');
    }
    byte[] text = lines.toString().getBytes(StandardCharsets.US_ASCII);
    statement.unwrap(JdbcStatement.class).setLocalInfileInputStream(new ByteArrayInputStream(text));
    count(
        statement,
        "LOAD DATA LOCAL INFILE 'saves' REPLACE INTO TABLE saves (id, @hex) SET data ="
            + " UNHEX(@hex)");
  }

  private void end(Connection connection, boolean isCommitted) throws SQLException {
    try {
      if (isCommitted) {
        connection.commit();
      } else {
        connection.rollback();
      }
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void move(Statement statement) throws SQLException {
    String to = "moved" + random.nextInt(500);
    count(statement, "DELETE FROM saves WHERE id = '" + to + "'");
    count(statement, "UPDATE saves SET id = '" + to + "' WHERE id = '" + key() + "'");
  }

  private void xa(Connection connection, Statement statement) throws Exception {
    String xid = "'" + name + xids++ + "-" + System.nanoTime() + "'";
    statement.execute("XA START " + xid);
    try {
      put(connection, key());
    } finally {
      statement.execute("XA END " + xid);
    }
    statement.execute("XA PREPARE " + xid);
    TimeUnit.MILLISECONDS.sleep(random.nextInt(30));
    statement.execute((random.nextInt(4) == 0 ? "XA ROLLBACK " : "XA COMMIT ") + xid);
  }

  private void put(Connection connection, String key) throws Exception {
    String sql =
        random.nextBoolean()
            ? "REPLACE INTO saves (id, data) VALUES (?, ?)"
            : "INSERT INTO saves (id, data) VALUES (?, ?) ON DUPLICATE KEY UPDATE data ="
                + " VALUES(data)";
    try (PreparedStatement replace = connection.prepareStatement(sql)) {
      replace.setString(1, key);
      replace.setBytes(2, random.nextInt(50) == 0 ? new byte[] {1} : Saves.random(random, BYTES));
      pace.changed(replace.executeUpdate());
    }
  }

  private void count(Statement statement, String sql) throws SQLException {
    pace.changed(statement.executeUpdate(sql));
  }
}
