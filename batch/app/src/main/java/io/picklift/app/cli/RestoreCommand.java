package io.picklift.app.cli;

import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigException;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.RestoreTable;
import io.picklift.app.job.RestoredSaves;
import io.picklift.app.source.DatabaseException;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Rebuilds the BLOBs from the target alone.")
final class RestoreCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "picklift.yaml",
      description = "The configuration; default: ${DEFAULT-VALUE}.")
  private Path config = Path.of("picklift.yaml");

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  @Option(
      names = "--key",
      paramLabel = "K",
      description = "Only the save of this key; may be given more than once.")
  private List<String> keys = List.of();

  @SuppressWarnings("NullAway.Init") // picocli sets main
  RestoreCommand() {}

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
  public Integer call() throws IOException {
    Path folder = where.folder;
    if (folder != null) {
      FilesCommand.makeFolder("--out", folder);
    }
    try {
      Config read = ConfigReader.read(config);
      try (RestoredSaves saves = RestoredSaves.open(read, Limits.defaults())) {
        RestoredSaves.Summary summary =
            folder != null
                ? saves.restore(
                    keys, (key, blob) -> write(folder, RestoredSaves.fileName(key), blob))
                : intoTable(saves, String.valueOf(where.table));
        return done(summary, read.source().table());
      }
    } catch (ConfigException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    } catch (DatabaseException e) {
      String message = String.valueOf(e.getMessage());
      throw e.isConfiguration()
          ? CommandException.usage(message)
          : CommandException.unfinished(message);
    } catch (JobFailedException e) {
      throw CommandException.unfinished(String.valueOf(e.getMessage()));
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

  /** Writes a file whole or not at all. */
  private static void write(Path folder, String name, byte[] blob) throws IOException {
    Path partial = folder.resolve("." + name + ".part");
    try {
      Files.write(partial, blob);
      Files.move(partial, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private int done(RestoredSaves.Summary summary, String source) throws IOException {
    Terminal terminal = main.terminal();
    summary.problems().forEach(problem -> terminal.err().println(problem));
    long all = summary.unchanged() + summary.changed() + summary.failed();
    if (all == 0) {
      terminal.err().println("the target holds no save of '" + source + "'");
    }
    String text =
        "restored "
            + (summary.unchanged() + summary.changed())
            + ": as migrated "
            + summary.unchanged()
            + ", changed in the tables since "
            + summary.changed()
            + "; not restored "
            + summary.failed()
            + "\n";
    terminal.out().write(text.getBytes(StandardCharsets.UTF_8));
    terminal.out().flush();
    return summary.failed() == 0 && all > 0 ? Exit.DONE : Exit.LOOK;
  }
}
