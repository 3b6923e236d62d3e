package io.picklift.app.cli.control;

import io.picklift.app.control.ControlTable;
import io.picklift.app.control.Orders;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Command;

@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Ends the pause: a paused run continues.")
public final class ResumeCommand extends ControlCommand {
  @Override
  void order(Connection connection, Orders now) throws SQLException {
    ControlTable.pause(connection, false);
  }

  @Override
  String done() {
    return "resumed";
  }

  @Override
  boolean isLasting() {
    return true;
  }
}
