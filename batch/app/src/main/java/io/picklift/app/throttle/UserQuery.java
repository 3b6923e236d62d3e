package io.picklift.app.throttle;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A query of the user's: the run waits while its first value is true. */
final class UserQuery implements Gauge {
  private final GaugeConnection server;
  private final String sql;

  UserQuery(GaugeConnection server, String sql) {
    this.server = server;
    this.sql = sql;
  }

  @Override
  public String name() {
    return "query on the " + server.role();
  }

  @Override
  public String needs() {
    return "SELECT on what it reads";
  }

  @Override
  public @Nullable String hold() throws SQLException {
    String value = server.ask(sql, row -> row.next() ? String.valueOf(row.getString(1)) : "null");
    if (value.matches("-?[\\d.]+")) {
      return Double.parseDouble(value) == 0 ? null : "it gives " + value;
    }
    return value.equals("null") || value.isEmpty() ? null : "it gives a text";
  }
}
