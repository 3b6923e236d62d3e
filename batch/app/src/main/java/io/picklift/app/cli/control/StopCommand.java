package io.picklift.app.cli.control;

import io.picklift.app.control.ControlTable;
import io.picklift.app.control.Orders;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Command;

@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = "Ends the current run after its current batches; it ends with status 3.")
public final class StopCommand extends ControlCommand {
  @Override
  void order(Connection connection, Orders now) throws SQLException {
    ControlTable.stop(connection);
  }

  @Override
  String done() {
    return "told to stop after the current batches";
  }
}
