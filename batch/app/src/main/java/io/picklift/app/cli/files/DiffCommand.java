package io.picklift.app.cli.files;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ConfigOption;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.input.PickleFile;
import io.picklift.app.report.Finding;
import io.picklift.app.view.SafeText;
import io.picklift.codec.diff.Difference;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.meaning.Meaning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Names by path where two saves differ in what they mean: two files, or the BLOB of a row of",
      "the source and what the target's tables give for it now."
    })
public final class DiffCommand extends FilesCommand {
  private static final int MOST_SHOWN = 1_000;
  private static final int MOST_COUNTED = 100_000;

  @Parameters(arity = "0..2", paramLabel = "A B", description = "Two pickles, encoded or not.")
  private List<Path> files = List.of();

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "In place of files: the source's BLOB against the target's tables.")
  private @Nullable String key;

  @Mixin private final ConfigOption config = new ConfigOption();

  private final List<Meaning> meanings = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if (key != null && files.isEmpty()) {
      return againstTables(key);
    }
    if (key != null || files.size() != 2) {
      throw CommandException.usage("diff takes either two files or --key");
    }
    int status = run(files);
    if (meanings.size() != 2) {
      if (status == ExitStatus.DONE) {
        throw CommandException.usage("diff compares two files of one pickle each");
      }
      return status;
    }
    try {
      return told(
          GraphDiff.compareValues(meanings.get(0), meanings.get(1), MOST_COUNTED),
          it -> Finding.line(it.path(), it.left(), it.right()));
    } catch (CodecException e) {
      throw CommandException.unfinished(String.valueOf(e.getMessage()));
    }
  }

  private int againstTables(String text) throws IOException {
    try {
      SaveAndTables both = SaveAndTables.read(config.file(), text, engineName(), limits());
      return told(
          GraphDiff.compareValues(both.blob(), both.tables(), MOST_COUNTED),
          it -> Finding.differs(it.path(), it.left(), it.right(), "").message());
    } catch (CodecException e) {
      throw CommandException.unfinished(String.valueOf(e.getMessage()));
    }
  }

  private int told(List<Difference> differences, Function<Difference, String> line)
      throws IOException {
    for (Difference difference : differences.subList(0, Math.min(MOST_SHOWN, differences.size()))) {
      print(line.apply(difference));
    }
    if (differences.size() > MOST_SHOWN) {
      String atLeast = differences.size() == MOST_COUNTED ? "at least " : "";
      print(atLeast + (differences.size() - MOST_SHOWN) + " more differences");
    }
    terminal().out().flush();
    return differences.isEmpty() ? ExitStatus.DONE : ExitStatus.LOOK;
  }

  private void print(String line) throws IOException {
    terminal().out().write((SafeText.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  void done(PickleFile file, DecodingEngine engine)
      throws CodecException, EncodingException, IOException {
    meanings.add(Meaning.of(engine.decode(unpack(file)), limits()));
  }
}
