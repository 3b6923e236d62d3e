package io.picklift.app.cli.scans;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Database;
import io.picklift.app.detect.Detection;
import io.picklift.app.detect.DraftConfig;
import io.picklift.app.detect.FoundColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Finds the columns of a database that hold pickles, by content, and writes a commented picklift.yaml for one.",
      "If there are several, choose one with --column."
    },
    footer = {
      "",
      "Example: picklift init --url jdbc:mysql://127.0.0.1:3306/game --username reader --password"
    })
public final class InitCommand extends DetectingCommand {
  @Option(
      names = "--column",
      paramLabel = "TABLE.COLUMN",
      description = "Which column; may be left out where only one holds pickles.")
  private @Nullable String column;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "picklift.yaml",
      description = "The file to write; never one that is there. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("picklift.yaml");

  @Override
  int run(Database database, Detection.Result result) throws IOException {
    List<FoundColumn> found =
        result.found().stream()
            .filter(one -> column == null || one.place().equalsIgnoreCase(column))
            .toList();
    if (found.size() != 1) {
      List<FoundColumn> all = result.found();
      String those =
          all.stream().map(FoundColumn::place).distinct().collect(Collectors.joining(", "));
      throw CommandException.usage(
          all.isEmpty()
              ? "no column of " + database.place() + " holds pickles"
              : "choose one with --column TABLE.COLUMN: " + those);
    }
    FoundColumn one = found.get(0);
    if (!one.hasKey()) {
      throw CommandException.usage(
          one.place() + " has no primary or unique key; a source needs one");
    }
    if (Files.exists(out)) {
      throw CommandException.usage("--out " + out + ": is there already");
    }
    Files.writeString(out, DraftConfig.of(one, database));
    print(one.text() + "written: " + out + "\n");
    return ExitStatus.DONE;
  }
}
