package io.picklift.app.cli.jobs;

import io.picklift.app.account.SaveChoice;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.Jobs;
import io.picklift.app.writeback.WritebackResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "writeback",
    mixinStandardHelpOptions = true,
    description =
        "Writes saves that the tables own, and that were edited in them, into the source's BLOB"
            + " column, so that the old application can come back.")
public final class WritebackCommand extends JobCommand {
  @Option(
      names = "--key",
      paramLabel = "K",
      description = "Only the save of this key; may be given more than once.")
  private List<String> keys = List.of();

  @Option(
      names = "--clear-json",
      description =
          "Sets the JSON copy beside a BLOB that is written to NULL. Without it, such a save is"
              + " left.")
  private boolean isJsonCleared;

  @Override
  boolean isHandedOver() {
    return true;
  }

  @Override
  int run(Jobs jobs, Config config) throws JobFailedException, IOException {
    WritebackResult result = jobs.writeback(new SaveChoice(keys, null), isJsonCleared);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(Locale.ROOT, "%,10d  saves written into the source%n", result.written()));
    if (result.inserted() > 0) {
      text.append(
          String.format(Locale.ROOT, "%,10d  new saves added to the source%n", result.inserted()));
    }
    if (result.deleted() > 0) {
      text.append(String.format(Locale.ROOT, "%,10d  removed saves deleted%n", result.deleted()));
    }
    text.append(String.format(Locale.ROOT, "%,10d  say what their row says%n", result.unchanged()));
    if (result.left() > 0) {
      text.append(String.format(Locale.ROOT, "%,10d  left as they are%n", result.left()));
    }
    result.reasons().forEach(line -> text.append(line).append('\n'));
    if (result.left() > result.reasons().size()) {
      text.append("... and more\n");
    }
    print(text.toString());
    return result.left() == 0 ? ExitStatus.DONE : ExitStatus.LOOK;
  }
}
