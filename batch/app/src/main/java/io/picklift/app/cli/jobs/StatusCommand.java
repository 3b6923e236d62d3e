package io.picklift.app.cli.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.operate.StatusQuery;
import io.picklift.app.operate.StatusText;
import io.picklift.app.operate.TargetStatus;
import io.picklift.app.target.MigratedTarget;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Reports the state of the target, also during a run. Only reads.")
public final class StatusCommand extends ConfigCommand {
  @Option(names = "--json", description = "As one JSON document.")
  private boolean isJson;

  @Override
  protected int run(Config config) throws DatabaseException, SQLException, IOException {
    Database database = config.requireTarget();
    try (HikariDataSource target = Pools.open("target", database, 1);
        Connection connection = target.getConnection()) {
      MigratedTarget.check(connection, database);
      TargetStatus status = StatusQuery.read(connection, database.place());
      print(isJson ? json(status) : StatusText.of(status));
      return ExitStatus.DONE;
    }
  }

  private static String json(TargetStatus status) throws IOException {
    return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(status)
        + "\n";
  }
}
