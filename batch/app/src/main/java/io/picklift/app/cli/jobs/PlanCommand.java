package io.picklift.app.cli.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.evolve.Plan;
import io.picklift.app.evolve.PlanText;
import io.picklift.app.evolve.Planner;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description =
        "Shows what it would take to change a target with saves to another mapping. Only reads.")
public final class PlanCommand extends ConfigCommand {
  @Option(
      names = "--mapping",
      paramLabel = "NEW.yaml",
      required = true,
      description = "The mapping that the target is to have.")
  private Path mapping = Path.of("");

  @Option(names = "--json", description = "As one JSON document.")
  private boolean isJson;

  @Override
  protected int run(Config config) throws DatabaseException, SQLException, IOException {
    try (HikariDataSource target = Pools.open("target", config.requireTarget(), 1)) {
      Plan plan = Planner.plan(target, config, mapping, Limits.defaults());
      print(isJson ? json(plan) : PlanText.of(plan));
      return plan.problems().isEmpty() ? ExitStatus.DONE : ExitStatus.LOOK;
    }
  }

  private static String json(Plan plan) throws IOException {
    return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(plan)
        + "\n";
  }
}
