package io.picklift.app.cli.files;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.report.Finding;
import io.picklift.app.source.PickleFile;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Names by path where two saves differ in what they mean.")
public final class DiffCommand extends FilesCommand {
  private static final int MOST = 1_000;

  @Parameters(index = "0", paramLabel = "A", description = "A pickle, encoded or not.")
  private Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "B", description = "Another.")
  private Path second = Path.of("");

  private final List<Meaning> meanings = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    int status = run(List.of(first, second));
    if (meanings.size() != 2) {
      if (status == ExitStatus.DONE) {
        throw CommandException.usage("diff compares two files of one pickle each");
      }
      return status;
    }
    try {
      List<Difference> differences = GraphDiff.compare(meanings.get(0), meanings.get(1), MOST);
      for (Difference difference : differences) {
        print(Finding.line(difference.path(), difference.left(), difference.right()));
      }
      if (differences.size() == MOST) {
        print("there may be more");
      }
      terminal().out().flush();
      return differences.isEmpty() ? ExitStatus.DONE : ExitStatus.LOOK;
    } catch (CodecException e) {
      throw CommandException.unfinished(String.valueOf(e.getMessage()));
    }
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
