package io.picklift.app.cli.control;

import io.picklift.app.config.MaxRate;
import io.picklift.app.control.ControlTable;
import io.picklift.app.control.Orders;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description = "Changes the rate or the partitions of the current run.")
public final class SetCommand extends ControlCommand {
  private static final String RATE = "rate=";
  private static final String PARTITIONS = "partitions=";

  @Parameters(
      index = "0",
      paramLabel = "rate=R|partitions=N",
      description = {
        "rate=500, rate=4MB or rate=none: saves or bytes of BLOBs a second.",
        "partitions=N: ranges of keys at a time, no more than the run began with."
      })
  private String setting = "";

  @Override
  protected void check() {
    if (setting.startsWith(RATE)) {
      if (!value(RATE).equals(Orders.NO_RATE)) {
        rate();
      }
    } else if (!setting.startsWith(PARTITIONS) || !value(PARTITIONS).matches("[1-9]\\d?")) {
      throw wrong("set " + setting + ": is rate=500, rate=4MB, rate=none or partitions=2");
    }
  }

  private void rate() {
    try {
      MaxRate.parse(value(RATE));
    } catch (IllegalArgumentException e) {
      throw wrong("set " + setting + ": " + e.getMessage());
    }
  }

  private String value(String name) {
    return setting.substring(name.length());
  }

  @Override
  void order(Connection connection, Orders now) throws SQLException {
    if (setting.startsWith(RATE)) {
      ControlTable.rate(connection, value(RATE));
      return;
    }
    int number = Integer.parseInt(value(PARTITIONS));
    Integer most = now.mostPartitions();
    if (most != null && number > most) {
      throw new ConfigurationException(
          "set "
              + setting
              + ": the run began with "
              + most
              + ", which share its heap and connections; no more are possible");
    }
    ControlTable.partitions(connection, number);
  }

  @Override
  String done() {
    return "set " + setting;
  }
}
