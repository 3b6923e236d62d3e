package io.picklift.app.cli.control;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.cli.jobs.ConfigCommand;
import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.control.ControlTable;
import io.picklift.app.control.Orders;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.lock.TargetLock;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** A command that gives an order, and waits a moment for a run to take it. */
abstract class ControlCommand extends ConfigCommand {
  private static final int MOST_LOOKS = 30;
  private static final long PAUSE_MILLIS = 100;

  /** Gives the order. */
  abstract void order(Connection connection, Orders now) throws SQLException;

  /** What a run does once it has taken the order. */
  abstract String done();

  /** Whether the order holds for later runs as well, so that none needs to be under way. */
  boolean isLasting() {
    return false;
  }

  @Override
  protected final int run(Config config) throws DatabaseException, SQLException, IOException {
    Database database = config.requireTarget();
    try (HikariDataSource target = Pools.open("target", database, 1);
        Connection connection = target.getConnection()) {
      Orders now = ControlTable.read(connection);
      if (now == null) {
        throw CommandException.usage(database.place() + ": no run has worked on it yet");
      }
      boolean isRunning = TargetLock.isHeld(connection);
      if (!isRunning && !isLasting()) {
        print("nobody works on " + database.place() + "\n");
        return ExitStatus.LOOK;
      }
      order(connection, now);
      if (!isRunning) {
        print("nobody works on " + database.place() + "; the next run will be " + done() + "\n");
        return ExitStatus.DONE;
      }
      boolean isTaken = isTaken(connection);
      print(
          (isTaken ? done() : "ordered; the run has not taken it yet, it waits for a server")
              + "\n");
      return isTaken ? ExitStatus.DONE : ExitStatus.LOOK;
    }
  }

  private static boolean isTaken(Connection connection) throws SQLException {
    for (int i = 0; i < MOST_LOOKS; i++) {
      Orders orders = ControlTable.read(connection);
      if (orders == null || orders.isTaken()) {
        return true;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }
}
