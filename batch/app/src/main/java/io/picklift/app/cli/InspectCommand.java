package io.picklift.app.cli;

import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.encoding.Unpacked;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.source.PickleFile;
import io.picklift.app.view.Outline;
import io.picklift.app.view.SaveView;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description =
        "Shows what a save is made of: classes, attributes, counts, encodings, what takes the space.")
final class InspectCommand extends FilesCommand {
  private static final int MOST_CLASSES = 30;
  private static final int MOST_TYPES = 4;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "4",
      description = "How deep the tree goes; default: ${DEFAULT-VALUE}.")
  private int depth = 4;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "A pickle, a folder of *.pkl, or an archive: tar, tar.gz, tar.zst, zip, 7z.")
  private List<Path> files = List.of();

  private final StringBuilder text = new StringBuilder();

  @Override
  public Integer call() throws IOException {
    int status = run(files);
    terminal().out().flush();
    return status;
  }

  @Override
  void done(PickleFile file, DecodingEngine engine)
      throws CodecException, EncodingException, IOException {
    Unpacked unpacked = unpacked(file);
    SaveGraph graph = engine.decode(unpacked.pickle());
    Outline outline = new Outline(new SaveView(Meaning.of(graph, limits())));
    text.setLength(0);
    line(
        "%s: %,d bytes%s, protocol %d, %,d values%n",
        file.label(),
        file.bytes().length,
        encodings(unpacked),
        graph.style().protocol(),
        outline.values());
    classes(outline);
    text.append("  what is where, and what it takes in bytes with all below it\n");
    tree(outline.root(), 0);
    terminal().out().write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String encodings(Unpacked unpacked) {
    return unpacked.layers().isEmpty()
        ? ""
        : " of " + unpacked.label() + " around a pickle of " + unpacked.pickle().length;
  }

  private void classes(Outline outline) {
    if (!outline.classes().isEmpty()) {
      text.append("  objects\n");
    }
    outline.classes().entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_CLASSES)
        .forEach(entry -> line("%,10d  %s%n", entry.getValue(), entry.getKey()));
    if (outline.classes().size() > MOST_CLASSES) {
      line("            and %,d more classes%n", outline.classes().size() - MOST_CLASSES);
    }
  }

  /** Recursion over places, whose depth is limited, not over data. */
  private void tree(Outline.Place place, int level) {
    StringBuilder types = new StringBuilder();
    int shown = 0;
    for (Map.Entry<String, Integer> type : place.types().entrySet()) {
      if (shown++ == MOST_TYPES) {
        types.append(", ...");
        break;
      }
      types.append(shown == 1 ? "" : ", ");
      types.append(type.getValue() == 1 ? "" : type.getValue() + " ").append(type.getKey());
    }
    if (place.references() > 0) {
      types.append(shown == 0 ? "" : ", ").append(place.references()).append(" seen elsewhere");
    }
    String name = level == 0 ? "(root)" : place.name();
    line("%,12d  %s%s: %s%n", bytes(place), "  ".repeat(level), name, types);
    if (level < depth) {
      for (Outline.Place below : place.below()) {
        tree(below, level + 1);
      }
    }
  }

  private static long bytes(Outline.Place place) {
    long bytes = place.bytes();
    for (Outline.Place below : place.below()) {
      bytes += bytes(below);
    }
    return bytes;
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments));
  }
}
