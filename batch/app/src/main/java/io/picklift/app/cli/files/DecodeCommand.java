package io.picklift.app.cli.files;

import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.source.PickleFile;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.protobuf.GraphMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description =
        "Writes pickles as JSON, one document a line, or as Protobuf graphs; or a file each.")
public final class DecodeCommand extends FilesCommand {
  /** What a pickle becomes. */
  enum Form {
    /** A document of JSON. */
    JSON(".json"),
    /** A {@code picklift.graph.v1.SaveGraph} with its length ahead. */
    PROTOBUF(".graph");

    private final String ending;

    Form(String ending) {
      this.ending = ending;
    }
  }

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes DIR/<file name without .pkl>.json (.graph) for each.")
  private @Nullable Path out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "json",
      description =
          "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}. protobuf: each graph as a SaveGraph"
              + " message with its length ahead.")
  private Form form = Form.JSON;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "A pickle, a folder of *.pkl, or an archive: tar, tar.gz, tar.zst, zip, 7z.")
  private List<Path> files = List.of();

  private final GraphMessage message = new GraphMessage();
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
      write(out, stem + form.ending, to -> write(graph, to));
      return;
    }
    // First to memory: a document that a limit ends half-way must not break the lines of the
    // others.
    ByteArrayOutputStream document = new ByteArrayOutputStream(file.bytes().length * 2);
    write(graph, document);
    OutputStream stdout = terminal().out();
    document.writeTo(stdout);
    if (form == Form.JSON) {
      stdout.write('\n');
    }
  }

  private void write(SaveGraph graph, OutputStream to) throws CodecException, IOException {
    if (form == Form.PROTOBUF) {
      message.writeDelimited(graph, "", to);
    } else {
      Objects.requireNonNull(json).write(graph, to);
    }
  }
}
