package io.picklift.app.cli;

import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.source.PickleFile;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.model.SaveGraph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description = "Writes pickles as JSON, one document a line, or a file each.")
final class DecodeCommand extends FilesCommand {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes DIR/<file name without .pkl>.json for each.")
  private @Nullable Path out;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "A pickle, a folder of *.pkl, or an archive: tar, tar.gz, tar.zst, zip, 7z.")
  private List<Path> files = List.of();

  private @Nullable JsonWriter json;

  @Override
  public Integer call() throws IOException {
    json = new JsonWriter(limits());
    if (out != null) {
      makeFolder("--out", out);
    }
    int status = run(files);
    terminal().out().flush();
    return status;
  }

  @Override
  void done(PickleFile file, DecodingEngine engine)
      throws CodecException, EncodingException, IOException {
    SaveGraph graph = engine.decode(unpack(file));
    if (out != null) {
      String name = file.name();
      String stem = name.endsWith(".pkl") ? name.substring(0, name.length() - 4) : name;
      write(out, stem + ".json", to -> json(graph, to));
      return;
    }
    // First to memory: a document that a limit ends half-way must not break the lines of the
    // others.
    ByteArrayOutputStream document = new ByteArrayOutputStream(file.bytes().length * 2);
    json(graph, document);
    OutputStream stdout = terminal().out();
    document.writeTo(stdout);
    stdout.write('\n');
  }

  private void json(SaveGraph graph, OutputStream to) throws CodecException, IOException {
    java.util.Objects.requireNonNull(json).write(graph, to);
  }
}
