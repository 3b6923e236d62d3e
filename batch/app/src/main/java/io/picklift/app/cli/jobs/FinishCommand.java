package io.picklift.app.cli.jobs;

import io.picklift.app.cli.terminal.AcceptOption;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Retry;
import io.picklift.app.database.RetryPolicy;
import io.picklift.app.evolve.Moments;
import io.picklift.app.finish.Finish;
import io.picklift.app.finish.FinishResult;
import io.picklift.app.finish.archive.Manifest;
import io.picklift.app.job.JobFailedException;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "finish",
    mixinStandardHelpOptions = true,
    description =
        "Ends the way back to the BLOBs: writes an archive that every save can be restored from,"
            + " and drops Picklift's own tables from the target.")
public final class FinishCommand extends ConfigCommand {
  @Option(
      names = "--archive",
      paramLabel = "FILE.zip",
      required = true,
      description = "Where the archive is written; restore --from reads it.")
  private Path archive = Path.of("");

  @Mixin private final AcceptOption accept = new AcceptOption();

  @Override
  protected int run(Config config)
      throws DatabaseException, JobFailedException, SQLException, IOException {
    Retry.use(new RetryPolicy(config.run().deadline(), terminal().err()::println));
    try (Finish finish = Finish.open(config, Limits.defaults(), Moments.NONE)) {
      FinishResult result = finish.to(archive, accept.of(config));
      Manifest manifest = result.manifest();
      if (!result.isDone() || manifest == null) {
        result.problems().forEach(line -> terminal().err().println(line));
        print(
            result.isHalfDone()
                ? "finish has begun in the target: solve these problems, then run it again\n"
                : "the target is unchanged: it cannot be finished yet\n");
        return ExitStatus.LOOK;
      }
      print(
          String.format(
              Locale.ROOT,
              "%,10d  saves in %s, each restored from it%n%,10d  quarantined BLOBs beside them%n"
                  + "sha256 %s%nnothing of Picklift is left in the target%n",
              manifest.sizes().migrated(),
              archive,
              manifest.sizes().quarantined(),
              result.sha256()));
      return ExitStatus.DONE;
    }
  }
}
