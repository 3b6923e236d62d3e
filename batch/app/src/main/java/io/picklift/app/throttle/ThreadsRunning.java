package io.picklift.app.throttle;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** How many threads a server runs just now. */
final class ThreadsRunning implements Gauge {
  private final GaugeConnection server;
  private final long most;

  ThreadsRunning(GaugeConnection server, long most) {
    this.server = server;
    this.most = most;
  }

  @Override
  public String name() {
    return "threads_running of the " + server.role();
  }

  @Override
  public String needs() {
    return "";
  }

  @Override
  public @Nullable String hold() throws SQLException {
    long running =
        server.ask(
            "SHOW GLOBAL STATUS LIKE 'Threads_running'",
            row -> row.next() ? row.getLong("Value") : 0);
    return running > most ? "it is " + running + ", more than " + most : null;
  }
}
