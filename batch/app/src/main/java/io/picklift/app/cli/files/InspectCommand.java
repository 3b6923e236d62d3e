package io.picklift.app.cli.files;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ConfigOption;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.encoding.Unpacked;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.input.PickleFile;
import io.picklift.app.view.Outline;
import io.picklift.app.view.SafeText;
import io.picklift.app.view.SaveView;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Records;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.RecordDecoder;
import io.picklift.schema.mapping.ValuePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description =
        "Shows what a save is made of: classes, attributes, counts, encodings, what takes the"
            + " space.")
public final class InspectCommand extends FilesCommand {
  private static final int MOST_CLASSES = 30;
  private static final int MOST_TYPES = 4;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "4",
      description = "How deep the tree goes; default: ${DEFAULT-VALUE}.")
  private int depth = 4;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "Only what is there, such as player.r[17].")
  private @Nullable String path;

  @Option(
      names = "--key",
      paramLabel = "K",
      description = "The save of this key, straight from the configuration's source.")
  private @Nullable String key;

  @Mixin private final ConfigOption config = new ConfigOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "A pickle, a folder of *.pkl, or an archive: tar, tar.gz, tar.zst, zip, 7z.")
  private List<Path> files = List.of();

  private final StringBuilder text = new StringBuilder();

  @Override
  public Integer call() throws IOException {
    if (path != null) {
      checkPath(path);
    }
    if (files.isEmpty() == (key == null)) {
      throw CommandException.usage("inspect takes either files or --key");
    }
    int status = key == null ? run(files) : runOne(SourceSave.read(config.file(), key, limits()));
    terminal().out().flush();
    return status;
  }

  private static void checkPath(String path) {
    try {
      ValuePath.parse(path);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--path " + path + ": " + e.getMessage());
    }
  }

  @Override
  void done(PickleFile file, DecodingEngine engine)
      throws CodecException, EncodingException, IOException {
    Unpacked unpacked = unpacked(file);
    SaveGraph graph = engine.decode(unpacked.pickle());
    SaveView view = new SaveView(Meaning.of(graph, limits()));
    text.setLength(0);
    if (path == null) {
      Outline outline = new Outline(view);
      line(
          "%s: %,d %s%s, protocol %d, %,d %s%n",
          SafeText.line(file.label()),
          file.bytes().length,
          file.bytes().length == 1 ? "byte" : "bytes",
          encodings(unpacked),
          graph.style().protocol(),
          outline.values(),
          outline.values() == 1 ? "value" : "values");
      records(graph);
      whole(outline, unpacked.pickle().length);
    } else {
      int node = view.find(ValuePath.parse(path));
      if (node == SaveView.NOTHING) {
        refuse(SafeText.line(file.label()), "there is nothing at " + path);
        return;
      }
      Outline outline = new Outline(view, node);
      line("%s: %s%n", SafeText.line(file.label()), path);
      classes(outline, 1);
      tree(outline.root(), 0, 1);
    }
    terminal().out().write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The tree, whose sizes and one last line add up to the pickle's bytes. */
  private void whole(Outline outline, long pickleBytes) {
    long all = outline.root().allBytes();
    // Protocols 0 and 1 are written otherwise than estimated: the shares are kept.
    double scale = all > pickleBytes ? (double) pickleBytes / all : 1;
    classes(outline, scale);
    text.append(
        "  what is where, and about how many bytes of the pickle it takes with all below it\n");
    tree(outline.root(), 0, scale);
    line("%,12d  frames, memo and what else is no value%n", pickleBytes - Math.round(all * scale));
    line("%,12d  the pickle%n", pickleBytes);
  }

  private void records(SaveGraph graph) {
    Records records = graph.style().records();
    if (records.isZodb()) {
      line("  a record of ZODB: class and state%n");
    } else if (records != Records.SINGLE) {
      line("  a stream of %,d pickles%n", records.roots(graph).length);
    }
    byte[] trailing = graph.style().trailing();
    if (trailing.length > 0) {
      boolean isPadding = RecordDecoder.isPadding(trailing);
      line("  and %,d bytes of %s%n", trailing.length, isPadding ? "padding" : "no pickle");
    }
  }

  private static String encodings(Unpacked unpacked) {
    return unpacked.layers().isEmpty()
        ? ""
        : " of " + unpacked.label() + " around a pickle of " + unpacked.pickle().length;
  }

  /** What objects take without the objects in them, so that the sizes of all classes add up. */
  private void classes(Outline outline, double scale) {
    if (outline.classes().isEmpty()) {
      return;
    }
    text.append(
        "  objects by class, and about how many bytes they take without the objects in them\n");
    List<Map.Entry<String, Outline.Share>> classes = new ArrayList<>(outline.classes().entrySet());
    classes.sort(
        Comparator.comparing((Map.Entry<String, Outline.Share> it) -> it.getValue().bytes())
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    int shown = Math.min(MOST_CLASSES, classes.size());
    for (Map.Entry<String, Outline.Share> entry : classes.subList(0, shown)) {
      share(entry.getValue().bytes() * scale, entry.getValue().count(), entry.getKey());
    }
    List<Outline.Share> rest =
        classes.subList(shown, classes.size()).stream().map(Map.Entry::getValue).toList();
    if (!rest.isEmpty()) {
      share(
          rest.stream().mapToLong(Outline.Share::bytes).sum() * scale,
          rest.stream().mapToInt(Outline.Share::count).sum(),
          "of " + rest.size() + (rest.size() == 1 ? " more class" : " more classes"));
    }
    if (outline.inNoObject().bytes() > 0) {
      line("%,12d  in no object%n", Math.round(outline.inNoObject().bytes() * scale));
    }
  }

  private void share(double bytes, int count, String name) {
    line("%,12d  %,d %s%n", Math.round(bytes), count, SafeText.line(name));
  }

  /** Recursion over places, whose depth is limited, not over data. */
  private void tree(Outline.Place place, int level, double scale) {
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
    line(
        "%,12d  %s%s: %s%n",
        Math.round(place.allBytes() * scale), "  ".repeat(level), SafeText.line(name), types);
    if (level < depth) {
      for (Outline.Place below : place.below()) {
        tree(below, level + 1, scale);
      }
    }
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments));
  }
}
