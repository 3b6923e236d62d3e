package io.picklift.app.cli.scans;

import io.picklift.app.cli.files.FilesCommand;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Database;
import io.picklift.app.detect.Detection;
import io.picklift.app.detect.DraftConfig;
import io.picklift.app.detect.FoundColumn;
import io.picklift.app.view.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    description = {
      "Searches a whole database for columns that hold pickles; shows their encodings, protocol"
          + " and application. Only reads.",
      "Exit status 1 if there is none."
    },
    footer = {
      "",
      "Example: picklift detect --url jdbc:mysql://127.0.0.1:3306/game --username reader --password --out found"
    })
public final class DetectCommand extends DetectingCommand {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes DIR/<table>.<column>/picklift.yaml, ready to use, for each.")
  private @Nullable Path out;

  @Override
  int run(Database database, Detection.Result result) throws IOException {
    for (FoundColumn found : result.found()) {
      print(found.text());
      if (out != null && found.hasKey()) {
        Path folder = out.resolve(folderName(found));
        FilesCommand.makeFolder("--out", folder);
        Files.writeString(folder.resolve("picklift.yaml"), DraftConfig.of(found, database));
        print("  written: " + SafeText.line(folder.resolve("picklift.yaml").toString()) + "\n");
      }
    }
    print(result.columns() + " columns looked at, " + result.found().size() + " with pickles\n");
    return result.found().isEmpty() || !result.passedOver().isEmpty()
        ? ExitStatus.LOOK
        : ExitStatus.DONE;
  }

  /** A table may have any name; a folder must not lead elsewhere. */
  private static String folderName(FoundColumn found) {
    return found.place().replaceAll("[^A-Za-z0-9_.-]", "_").replaceAll("^\\.+", "_");
  }
}
