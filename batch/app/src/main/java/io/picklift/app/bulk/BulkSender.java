package io.picklift.app.bulk;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.JdbcPreparedStatement;
import com.mysql.cj.jdbc.JdbcStatement;
import io.picklift.schema.tables.rows.InsertText;
import io.picklift.schema.tables.rows.LoadText;
import io.picklift.schema.tables.rows.RowText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends rows that are ready. The connection and its transaction are the caller's. */
public final class BulkSender {
  private static final Logger LOG = LoggerFactory.getLogger(BulkSender.class);

  /** The last one is MariaDB's. */
  private static final Set<Integer> OFF =
      Set.of(
          MysqlErrorNumbers.ER_CLIENT_LOCAL_FILES_DISABLED,
          MysqlErrorNumbers.ER_NOT_ALLOWED_COMMAND,
          4166);

  private final Connection connection;
  private final ServerTraits traits;

  public BulkSender(Connection connection, ServerTraits traits) {
    this.connection = connection;
    this.traits = traits;
  }

  /**
   * Sends rows.
   *
   * @throws LoadRefusedException if a LOAD DATA did not take them as they are
   */
  public void send(RowText rows) throws SQLException {
    if (rows.rows() == 0) {
      return;
    }
    if (rows instanceof LoadText load) {
      load(load);
    } else {
      ((InsertText) rows).<SQLException>statements(traits.statementBytes(), this::insert);
    }
  }

  /** Work that sends rows. */
  public interface Sending {
    void run() throws SQLException;
  }

  /**
   * Sends rows of saves whose ledger rows this transaction has just written, and so has locked: the
   * server need not look these up once more for each row, which takes it a tenth of a load. Foreign
   * keys that someone else added are checked as ever.
   */
  public void sendReferring(Sending rows) throws SQLException {
    if (!traits.hasOwnKeysOnly()) {
      rows.run();
      return;
    }
    checkKeys(0);
    boolean isSent = false;
    try {
      rows.run();
      isSent = true;
    } finally {
      if (!isSent) {
        checkKeysOrGiveUp();
      }
    }
    checkKeys(1);
  }

  private void checkKeys(int on) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION foreign_key_checks = " + on);
    }
  }

  /** What led here is thrown already; a connection that cannot be put right is not used again. */
  private void checkKeysOrGiveUp() throws SQLException {
    try {
      checkKeys(1);
    } catch (SQLException e) {
      LOG.debug("the connection cannot be put back as it was", e);
      connection.abort(Runnable::run);
    }
  }

  /** As bytes: as a String, the driver would decode and encode all of it once more. */
  private long insert(InsertText.Statement sql) throws SQLException {
    long length = (long) sql.rows().length + sql.around("").length() + 1;
    if (length > traits.packetBytes()) {
      throw new RowTooLongException(sql.table().name(), length, traits.packetBytes());
    }
    JdbcConnection driver = connection.unwrap(JdbcConnection.class);
    try (PreparedStatement insert = driver.clientPrepareStatement(sql.around("?"))) {
      insert.unwrap(JdbcPreparedStatement.class).setBytes(1, sql.rows(), false);
      return insert.executeLargeUpdate();
    }
  }

  private void load(LoadText rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      JdbcStatement driver = statement.unwrap(JdbcStatement.class);
      driver.setLocalInfileInputStream(rows.stream());
      long loaded;
      try {
        loaded = statement.executeLargeUpdate(rows.table().loadStatement());
      } catch (SQLException e) {
        throw OFF.contains(e.getErrorCode()) ? new LoadRefusedException(e) : e;
      } finally {
        driver.setLocalInfileInputStream(null);
      }
      SQLWarning warning = statement.getWarnings();
      if (loaded != rows.rows() || warning != null) {
        throw new LoadRefusedException(
            "table %s took %d of %d rows, first warning %d"
                .formatted(
                    rows.table().name(),
                    loaded,
                    rows.rows(),
                    warning == null ? 0 : warning.getErrorCode()));
      }
    }
  }
}
