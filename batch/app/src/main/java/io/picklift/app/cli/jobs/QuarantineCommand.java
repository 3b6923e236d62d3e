package io.picklift.app.cli.jobs;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.account.QuarantineBlobs;
import io.picklift.app.account.QuarantineList;
import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.file.WholeFile;
import io.picklift.app.job.FailureText;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.Jobs;
import io.picklift.app.view.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description =
        "Lists what was refused, shows one save's refusal, or tries refused saves again after a"
            + " fix.")
public final class QuarantineCommand extends JobCommand {
  /** What to do. */
  enum Action {
    LIST,
    SHOW,
    RETRY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(index = "0", paramLabel = "list|show|retry", description = "What to do.")
  private Action action = Action.LIST;

  @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "The key, for show.")
  private @Nullable String shown;

  @Option(names = "--reason", paramLabel = "R", description = "Only those with this reason.")
  private @Nullable String reason;

  @Option(names = "--key", paramLabel = "K", description = "Only the save of this key.")
  private @Nullable String key;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "With show: writes the BLOB, which run.quarantine_blobs has kept, to a file.")
  private @Nullable Path out;

  @Override
  protected void check() {
    super.check();
    if (out != null && action != Action.SHOW) {
      throw wrong("--out goes with show KEY");
    }
    if ((action == Action.SHOW) != (shown != null)) {
      throw wrong(
          action == Action.SHOW ? "show: which KEY?" : "only show takes a KEY; others --key K");
    }
  }

  @Override
  protected int run(Config config) throws DatabaseException, JobFailedException, IOException {
    if (action == Action.RETRY) {
      return once(config);
    }
    List<QuarantineList.Entry> entries = find(config);
    print(action == Action.LIST ? list(entries) : details(entries));
    if (out != null && !entries.isEmpty()) {
      writeBlob(config, out);
    }
    return entries.isEmpty() ? ExitStatus.DONE : ExitStatus.LOOK;
  }

  @Override
  boolean isHandedOver() {
    return true;
  }

  @Override
  int run(Jobs jobs, Config config) throws JobFailedException, IOException {
    return told(jobs.retry(new QuarantineList.Choice(reason, key)), jobs, config);
  }

  private List<QuarantineList.Entry> find(Config config)
      throws DatabaseException, JobFailedException {
    QuarantineList.Choice choice = new QuarantineList.Choice(reason, shown == null ? key : shown);
    try (HikariDataSource target = Pools.open("target", config.requireTarget(), 1);
        Connection connection = target.getConnection()) {
      return new QuarantineList(connection, config.source().label()).find(choice);
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    }
  }

  private void writeBlob(Config config, Path file)
      throws DatabaseException, JobFailedException, IOException {
    byte[] blob;
    try (HikariDataSource target = Pools.open("target", config.requireTarget(), 1);
        Connection connection = target.getConnection()) {
      blob = QuarantineBlobs.find(connection, config.source().label(), String.valueOf(shown));
    } catch (SQLException e) {
      if (e.getErrorCode() != MysqlErrorNumbers.ER_NO_SUCH_TABLE) {
        throw new JobFailedException(FailureText.line(e), e);
      }
      blob = null;
    }
    if (blob == null) {
      throw CommandException.usage(
          "the target does not have the BLOB of "
              + SafeText.line(String.valueOf(shown))
              + ": run.quarantine_blobs: true keeps those of the next run");
    }
    byte[] content = blob;
    WholeFile.<IOException>write(file, stream -> stream.write(content));
    print("wrote " + content.length + " bytes to " + file + "\n");
  }

  private static String list(List<QuarantineList.Entry> entries) {
    StringBuilder text = new StringBuilder();
    for (QuarantineList.Entry entry : entries) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-18s %s: %s%n",
              entry.reason(),
              SafeText.line(entry.key()),
              SafeText.line(entry.message())));
    }
    return text.append(entries.size()).append(" in quarantine\n").toString();
  }

  private static String details(List<QuarantineList.Entry> entries) {
    StringBuilder text = new StringBuilder();
    for (QuarantineList.Entry entry : entries) {
      line(text, "key", entry.key());
      line(text, "reason", entry.reason());
      line(text, "code", entry.code());
      line(text, "message", entry.message());
      line(text, "offset", entry.offset());
      line(text, "opcode", entry.opcode());
      line(text, "path", entry.path());
      line(text, "sha256", entry.sha256());
      line(text, "bytes", entry.bytes());
      line(text, "since", entry.since() + " UTC");
      line(text, "names", entry.names() == null ? null : entry.names().replace('\n', ' '));
    }
    return entries.isEmpty() ? "not in quarantine\n" : text.toString();
  }

  private static void line(StringBuilder text, String name, @Nullable Object value) {
    if (value != null) {
      text.append(String.format(Locale.ROOT, "%-8s %s%n", name, SafeText.line(value.toString())));
    }
  }
}
