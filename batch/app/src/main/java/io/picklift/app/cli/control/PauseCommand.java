package io.picklift.app.cli.control;

import io.picklift.app.control.ControlTable;
import io.picklift.app.control.Orders;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Command;

@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = "Makes the current run, and later ones, wait until 'resume'.")
public final class PauseCommand extends ControlCommand {
  @Override
  void order(Connection connection, Orders now) throws SQLException {
    ControlTable.pause(connection, true);
  }

  @Override
  String done() {
    return "paused";
  }

  @Override
  boolean isLasting() {
    return true;
  }
}
