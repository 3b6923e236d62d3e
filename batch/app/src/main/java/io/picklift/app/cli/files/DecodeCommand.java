package io.picklift.app.cli.files;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.input.PickleFile;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.protobuf.GraphMessage;
import io.picklift.schema.tables.split.PlainJson;
import io.picklift.schema.tables.split.SplitException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
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

  @Option(
      names = "--plain",
      description =
          "Plain JSON, as other tools expect it: tuples and sets are arrays, objects have no class,"
              + " dates are text. Reports how many values are shown as another type.")
  private boolean isPlain;

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
    if (isPlain && form != Form.JSON) {
      throw CommandException.usage("--plain goes with --format json");
    }
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
    byte[] plain = isPlain ? plain(file, graph) : new byte[0];
    if (out != null) {
      String name = file.name();
      String stem = name.endsWith(".pkl") ? name.substring(0, name.length() - 4) : name;
      write(out, stem + form.ending, to -> write(graph, plain, to));
      return;
    }
    // First to memory: a document that a limit ends half-way must not break the lines of the
    // others.
    ByteArrayOutputStream document = new ByteArrayOutputStream(file.bytes().length * 2);
    write(graph, plain, document);
    OutputStream stdout = terminal().out();
    document.writeTo(stdout);
    if (form == Form.JSON) {
      stdout.write('\n');
    }
  }

  private byte[] plain(PickleFile file, SaveGraph graph) throws CodecException, EncodingException {
    try {
      PlainJson made = PlainJson.of(Meaning.of(graph, limits()));
      if (made.lost() > 0) {
        say(file.label(), made.lost() + " values are shown as another type");
      }
      return made.json();
    } catch (SplitException e) {
      throw new EncodingException("plain", String.valueOf(e.getMessage()));
    }
  }

  private void write(SaveGraph graph, byte[] plain, OutputStream to)
      throws CodecException, IOException {
    if (isPlain) {
      to.write(plain);
    } else if (form == Form.PROTOBUF) {
      message.writeDelimited(graph, "", to);
    } else {
      Objects.requireNonNull(json).write(graph, to);
    }
  }
}
