package io.picklift.app.cli.jobs;

import io.picklift.app.cli.files.FilesCommand;
import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.restore.PickleSink;
import io.picklift.app.restore.RestoreFolder;
import io.picklift.app.restore.RestoreTable;
import io.picklift.app.restore.RestoredSaves;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Rebuilds the BLOBs from the target alone.")
public final class RestoreCommand extends ConfigCommand {
  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  @Option(
      names = "--key",
      paramLabel = "K",
      description = {
        "Only the save of this key; may be given more than once.",
        "A key of several columns is a JSON list: --key '[\"7\", \"2\"]'."
      })
  private List<String> keys = List.of();

  @Option(
      names = "--unwrap",
      description = "With --out: writes the pickles without what is around them in the source.")
  private boolean isUnwrapped;

  /** Where the BLOBs go. */
  static final class Where {
    @Option(
        names = "--out",
        paramLabel = "DIR",
        required = true,
        description = "Writes DIR/<key>.pkl.")
    private @Nullable Path folder;

    @Option(
        names = "--table",
        paramLabel = "NAME",
        required = true,
        description = "Writes a table of the target like the source's, made where there is none.")
    private @Nullable String table;
  }

  @Override
  protected void check() {
    if (isUnwrapped && where.folder == null) {
      throw wrong("--unwrap goes with --out: a table gets the BLOBs as they were");
    }
    if (where.folder != null) {
      FilesCommand.makeFolder("--out", where.folder);
    }
  }

  @Override
  protected int run(Config config) throws DatabaseException, JobFailedException, IOException {
    Path folder = where.folder;
    try (RestoredSaves saves = RestoredSaves.open(config, Limits.defaults())) {
      if (folder == null) {
        RestoredSaves.Summary summary = intoTable(saves, String.valueOf(where.table));
        return done(summary, config.source().label(), "");
      }
      RestoreFolder files = new RestoreFolder(folder);
      RestoredSaves.Sink sink = isUnwrapped ? new PickleSink(config.source(), files) : files;
      RestoredSaves.Summary summary = saves.restore(keys, sink);
      return done(
          summary,
          config.source().label(),
          "; of the files " + files.skipped() + " were there already");
    } catch (SQLException e) {
      throw CommandException.unfinished("the database refused: " + e.getMessage());
    }
  }

  private RestoredSaves.Summary intoTable(RestoredSaves saves, String name)
      throws JobFailedException, IOException, SQLException {
    try (RestoreTable table = saves.table(name)) {
      RestoredSaves.Summary summary = saves.restore(keys, table);
      table.finish();
      return summary;
    }
  }

  private int done(RestoredSaves.Summary summary, String source, String files) throws IOException {
    summary.problems().forEach(problem -> terminal().err().println(problem));
    long all = summary.unchanged() + summary.changed() + summary.failed();
    if (all == 0) {
      terminal().err().println("the target holds no save of '" + source + "'");
    }
    print(
        "restored "
            + (summary.unchanged() + summary.changed())
            + ": as migrated "
            + summary.unchanged()
            + ", changed in the tables since "
            + summary.changed()
            + "; not restored "
            + summary.failed()
            + files
            + "\n"
            + summary.stray().line());
    return summary.failed() == 0 && all > 0 ? ExitStatus.DONE : ExitStatus.LOOK;
  }
}
