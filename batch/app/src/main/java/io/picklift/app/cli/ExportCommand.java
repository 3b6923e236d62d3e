package io.picklift.app.cli;

import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.scan.ScanException;
import io.picklift.app.scan.Scanned;
import io.picklift.app.target.MappedTables;
import io.picklift.schema.export.ProtoLock;
import io.picklift.schema.export.TypedJson;
import io.picklift.schema.export.TypedMessages;
import io.picklift.schema.export.TypedModel;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.MappingException;
import io.picklift.schema.report.ProfileFiles;
import io.picklift.schema.tables.split.RowComputer;
import io.picklift.schema.tables.split.SplitSave;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Writes the saves as typed messages, Protobuf or NDJSON, into an archive with the schemas to read them by.")
final class ExportCommand extends ScanCommand {
  /** The form of the messages. */
  enum Form {
    /** {@code saves.bin}: Protobuf messages, each with its length ahead. */
    PROTO,
    /** {@code saves.ndjson}: a line of JSON for each save. */
    NDJSON
  }

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "By its ending .tar, .tar.gz, .tar.zst or .zip.")
  private Path out = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "proto",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Form form = Form.PROTO;

  /** One save, written; or the row that could not be. */
  private record Done(byte[] bytes, long unfit, Scanned.@Nullable Refused refused) {}

  private long saves;
  private long unfit;

  @Override
  int run(Config read) throws DatabaseException, ScanException, IOException, MappingException {
    ExportArchive.Kind kind = ExportArchive.Kind.of(out);
    if (kind == null) {
      throw CommandException.usage(
          "--out " + out + ": end it with .tar, .tar.gz, .tar.zst or .zip");
    }
    Path file = read.requireMapping();
    Mapping mapping = mapping(file);
    TypedModel model = TypedModel.of(mapping, lock(file, mapping));
    TypedMessages messages = new TypedMessages(model);
    TypedJson json = new TypedJson(model);
    String entry = form == Form.PROTO ? "saves.bin" : "saves.ndjson";
    try (ExportArchive archive = ExportArchive.create(out, kind, entry)) {
      this.<Done>scan(
          read,
          "export",
          row -> one(row, mapping, messages, json),
          done -> {
            if (done.refused() != null) {
              refuse(done.refused());
            } else {
              archive.write(done.bytes());
              saves++;
              unfit += done.unfit();
            }
          });
      archive.finish(schemas(mapping, model));
    }
    print(
        String.format(
                Locale.ROOT,
                "%,10d  saves exported%n%,10d  values that do not fit their column, left out%n",
                saves,
                unfit)
            + refusedSummary());
    return hasRefused() ? Exit.LOOK : Exit.DONE;
  }

  /** The numbers that profile keeps beside the mapping. */
  private static ProtoLock lock(Path file, Mapping mapping) throws IOException {
    String name = ProfileFiles.lockName(mapping);
    String text = textOf(file.resolveSibling(name));
    try {
      return text.isEmpty() ? ProtoLock.empty() : ProtoLock.parse(name, text);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, String> schemas(Mapping mapping, TypedModel model) {
    Map<String, String> files = new LinkedHashMap<>(ProfileFiles.ofMapping(mapping, model.lock()));
    files.remove("tables.sql");
    files.keySet().removeIf(name -> name.endsWith(".schema.json") == (form == Form.PROTO));
    return files;
  }

  private Done one(Scanned row, Mapping mapping, TypedMessages messages, TypedJson json)
      throws IOException {
    if (row instanceof Scanned.Refused refused) {
      return new Done(new byte[0], 0, refused);
    }
    Scanned.Save save = (Scanned.Save) row;
    try {
      SplitSave split = new MappedTables(mapping, RowComputer.NONE, limits()).split(save.graph());
      ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) save.pickleBytes());
      if (form == Form.PROTO) {
        messages.write(save.key(), split.rows(), bytes);
      } else {
        json.write(save.key(), split.rows(), bytes);
      }
      return new Done(bytes.toByteArray(), split.counts().unfit(), null);
    } catch (RefusedException e) {
      return new Done(new byte[0], 0, new Scanned.Refused(save.key(), e.refusal()));
    }
  }
}
