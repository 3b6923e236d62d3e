package io.picklift.app.throttle;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** How many old versions of rows InnoDB has to keep: it grows while long transactions are open. */
final class HistoryList implements Gauge {
  private final GaugeConnection server;
  private final long most;

  HistoryList(GaugeConnection server, long most) {
    this.server = server;
    this.most = most;
  }

  @Override
  public String name() {
    return "history_list of the " + server.role();
  }

  @Override
  public String needs() {
    return "PROCESS";
  }

  @Override
  public @Nullable String hold() throws SQLException {
    String sql =
        """
        SELECT COUNT FROM information_schema.INNODB_METRICS WHERE NAME = 'trx_rseg_history_len'
        """;
    long length = server.ask(sql, row -> row.next() ? row.getLong(1) : 0);
    return length > most ? "it is " + length + ", more than " + most : null;
  }
}
