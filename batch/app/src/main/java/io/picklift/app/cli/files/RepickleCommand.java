package io.picklift.app.cli.files;

import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.input.PickleFile;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.model.Python2Text;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.codec.pickle.RoundTrip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "repickle",
    mixinStandardHelpOptions = true,
    description =
        "Writes the pickle that each file's graph gives back, and counts how many are the same"
            + " bytes.")
public final class RepickleCommand extends FilesCommand {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Writes DIR/<file name> for each.")
  private Path out = Path.of("");

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "A pickle, a folder of *.pkl, or an archive: tar, tar.gz, tar.zst, zip, 7z.")
  private List<Path> files = List.of();

  private int identical;
  private int equivalent;

  @Override
  public Integer call() throws IOException {
    makeFolder("--out", out);
    int status = run(files);
    String summary =
        identical + " identical, " + equivalent + " equivalent, " + refused() + " refused\n";
    terminal().out().write(summary.getBytes(StandardCharsets.UTF_8));
    return status;
  }

  @Override
  void done(PickleFile file, DecodingEngine engine)
      throws CodecException, EncodingException, IOException {
    byte[] pickle = unpack(file);
    SaveGraph graph = engine.decode(pickle);
    RoundTrip again = RoundTrip.of(pickle, graph, limits());
    if (PickleWriter.isRaised(again.pickle(), graph) && Python2Text.isIn(graph)) {
      refuse(
          file.label(),
          "Python 2 wrote it with protocol "
              + graph.style().protocol()
              + ", and only protocol 4 has a form for what it means, which Python 2 cannot read");
      return;
    }
    switch (again.outcome()) {
      case IDENTICAL -> identical++;
      case EQUIVALENT -> {
        equivalent++;
        terminal().err().println(file.label() + ": equivalent, not identical");
      }
    }
    write(out, file.name(), to -> to.write(again.pickle()));
  }
}
