package io.picklift.app.cli.jobs;

import io.picklift.app.cli.files.FilesCommand;
import io.picklift.app.cli.terminal.AcceptOption;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.Termination;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Retry;
import io.picklift.app.database.RetryPolicy;
import io.picklift.app.decode.DecodeNotes;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.finish.archive.ArchiveRestore;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.report.RefusedSaves;
import io.picklift.app.restore.PickleSink;
import io.picklift.app.restore.RestoreFolder;
import io.picklift.app.restore.RestoreSummary;
import io.picklift.app.restore.RestoreTable;
import io.picklift.app.restore.RestoredSaves;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.view.SafeText;
import io.picklift.app.workers.WorkersOptions;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Rebuilds the BLOBs from the target alone, or from an archive of finish.")
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
      names = "--from",
      paramLabel = "ARCHIVE.zip",
      description =
          "With --out: restores from the archive that finish made; needs no configuration and no"
              + " database.")
  private @Nullable Path from;

  @Mixin private final AcceptOption accept = new AcceptOption();

  @Option(
      names = "--unwrap",
      description =
          "With --out: writes the bare pickles, without the source's encodings around them.")
  private boolean isUnwrapped;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "With --out or --check: how many saves at a time, 1 to 64; default: one a processor, at"
              + " least 2.")
  private int partitions = JobOptions.defaults().partitions();

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = {
        "Decodes each BLOB before writing it, and does not write one that differs from the"
            + " tables: ${COMPLETION-CANDIDATES}.",
        "Default: BLOBs are not decoded."
      })
  private DecodingEngine.@Nullable Name engine;

  @Mixin private final WorkersOption workers = new WorkersOption();

  private final AtomicBoolean isStopped = new AtomicBoolean();

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
        description =
            "Writes into a table of the target like the source's; creates it if it is missing.")
    private @Nullable String table;

    @Option(
        names = "--check",
        required = true,
        description =
            "Writes nothing: names each save that cannot be restored, with the cells and why.")
    private boolean isCheck;
  }

  @Override
  protected void check() {
    if (partitions < 1 || partitions > MOST_AT_A_TIME) {
      throw wrong("--partitions: from 1 to " + MOST_AT_A_TIME);
    }
    if (isUnwrapped && where.folder == null) {
      throw wrong("--unwrap needs --out: a table gets the BLOBs as they were");
    }
    if (from != null && (where.folder == null || isUnwrapped)) {
      throw wrong("--from needs --out, and cannot be combined with --unwrap");
    }
    if (workers.isShared() && (where.table == null || !keys.isEmpty() || engine != null)) {
      throw wrong("--workers needs --table, and cannot be combined with --key or --engine");
    }
    try {
      workers.check();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    if (where.folder != null) {
      FilesCommand.makeFolder("--out", where.folder);
    }
  }

  @Override
  protected @Nullable Integer alone() throws IOException {
    Path archive = from;
    Path folder = where.folder;
    if (archive == null || folder == null) {
      return null;
    }
    RestoreFolder files = new RestoreFolder(folder);
    ArchiveRestore.Result result =
        new ArchiveRestore(keys, DjangoSigner.of(System.getenv())).run(archive, files);
    result.problems().forEach(problem -> terminal().err().println(problem));
    long all = result.asMigrated() + result.edited() + result.quarantined();
    print(
        "restored "
            + all
            + ": as migrated "
            + result.asMigrated()
            + ", changed in the tables since "
            + result.edited()
            + ", quarantined ones as they were "
            + result.quarantined()
            + "; without a BLOB "
            + result.without()
            + "; not restored "
            + result.failed()
            + "; of the files "
            + files.skipped()
            + " were there already\n");
    return result.failed() == 0 && all > 0 ? ExitStatus.DONE : ExitStatus.LOOK;
  }

  @Override
  protected int run(Config config)
      throws DatabaseException, JobFailedException, SQLException, IOException {
    RefusedSaves refused = new RefusedSaves(accept.of(config));
    Path folder = where.folder;
    Retry.use(new RetryPolicy(config.run().deadline(), terminal().err()::println));
    try (RestoredSaves saves = RestoredSaves.open(config, Limits.defaults(), partitions)) {
      saves.sign(DjangoSigner.of(System.getenv()));
      saves.readAgain(engine);
      if (where.isCheck) {
        return checked(saves.restore(keys, RestoredSaves.NOWHERE, refused::add), config, refused);
      }
      if (folder == null) {
        return intoTable(saves, String.valueOf(where.table), config, refused);
      }
      RestoreFolder files = new RestoreFolder(folder);
      RestoredSaves.Sink sink = isUnwrapped ? new PickleSink(config.source(), files) : files;
      RestoreSummary summary = saves.restore(keys, sink, refused::add);
      return done(
          summary,
          config.source().label(),
          "; of the files " + files.skipped() + " were there already",
          saves.decoded(),
          refused);
    }
  }

  /** Nothing was written, and the words are for who wants to know what would be. */
  private int checked(RestoreSummary summary, Config config, RefusedSaves refused)
      throws IOException {
    summary.problems().forEach(problem -> terminal().err().println(problem));
    long good = summary.unchanged() + summary.changed();
    if (good + summary.failed() == 0) {
      terminal().err().println("the target holds no save of '" + config.source().label() + "'");
    }
    print(
        "could be restored "
            + good
            + ": as migrated "
            + summary.unchanged()
            + ", changed in the tables since "
            + summary.changed()
            + "; could not "
            + summary.failed()
            + unplaced(summary)
            + "\n"
            + refused.line());
    boolean isAll = summary.failed() == refused.accepted() && summary.unplaced() == 0;
    return isAll && good + summary.failed() > 0 ? ExitStatus.DONE : ExitStatus.LOOK;
  }

  private static String unplaced(RestoreSummary summary) {
    return summary.unplaced() == 0
        ? ""
        : "; without rows that nothing refers to " + summary.unplaced();
  }

  private int intoTable(RestoredSaves saves, String name, Config config, RefusedSaves refused)
      throws DatabaseException, JobFailedException, IOException, SQLException {
    try (RestoreTable table = saves.table(name)) {
      if (table.note() != null) {
        terminal().err().println(SafeText.line(table.note()));
      }
      WorkersOptions shared = workers.shared(null, config);
      RestoreSummary summary =
          shared == null
              ? saves.restore(keys, table, refused::add)
              : shared(saves, table, shared, refused);
      long before = table.doneBefore();
      return done(
          summary,
          config.source().label(),
          before == 0 ? "" : "; " + before + " of these before it was interrupted",
          saves.decoded(),
          refused);
    }
  }

  private RestoreSummary shared(
      RestoredSaves saves, RestoreTable table, WorkersOptions by, RefusedSaves refused)
      throws DatabaseException, IOException, SQLException {
    Runnable before =
        Termination.stopBy(
            () -> {
              isStopped.set(true);
              Retry.stop();
            });
    try {
      return saves.share(table, by, refused::add, new Said(), isStopped::get);
    } finally {
      Runnable unused = Termination.stopBy(before);
    }
  }

  /** What is to be known of workers goes where other messages go. */
  private final class Said implements ProgressListener {
    @Override
    public void start(String what, long rows) {
      // A restore shows no progress.
    }

    @Override
    public void done(long rows) {
      // As above.
    }

    @Override
    public void say(String line) {
      terminal().err().println(SafeText.line(line));
    }
  }

  private int done(
      RestoreSummary summary,
      String source,
      String files,
      DecodeNotes decoded,
      RefusedSaves refused)
      throws IOException {
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
            + unplaced(summary)
            + files
            + "\n"
            + decoded.lines()
            + refused.line());
    boolean isAll = summary.failed() == refused.accepted() && summary.unplaced() == 0;
    return isAll && all > 0 ? ExitStatus.DONE : ExitStatus.LOOK;
  }
}
