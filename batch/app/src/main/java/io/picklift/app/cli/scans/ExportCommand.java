package io.picklift.app.cli.scans;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.export.ExportArchive;
import io.picklift.app.export.ExportForm;
import io.picklift.app.export.FieldNumbers;
import io.picklift.app.export.GraphExport;
import io.picklift.app.export.TypedExport;
import io.picklift.app.scan.ScanException;
import io.picklift.app.scan.ScannedSave;
import io.picklift.app.target.TargetTables;
import io.picklift.schema.export.TypedModel;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Writes the saves as typed messages (Protobuf or NDJSON) or as whole graphs (Protobuf) into"
            + " an archive with the schemas to read them by.")
public final class ExportCommand extends ScanCommand {
  /** The form of the messages. */
  enum Form {
    /** {@code saves.bin}: Protobuf messages, each with its length ahead. */
    PROTO,
    /** {@code saves.ndjson}: a line of JSON for each save. */
    NDJSON,
    /** {@code graphs.bin}: each save whole, whatever the mapping says. */
    GRAPH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The archive, of the kind of its ending: .tar, .tar.gz, .tar.zst or .zip.")
  private Path out = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "proto",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}. graph needs no mapping.")
  private Form form = Form.PROTO;

  /** One save, written; or the row that could not be. */
  private record Done(byte[] bytes, ScannedSave.@Nullable Refused refused) {}

  private long saves;

  @Override
  protected int run(Config read)
      throws DatabaseException, ScanException, IOException, ConfigurationException {
    ExportArchive.Kind kind = ExportArchive.Kind.of(out);
    if (kind == null) {
      throw CommandException.usage(
          "--out " + out + ": end it with .tar, .tar.gz, .tar.zst or .zip");
    }
    ExportForm chosen = form == Form.GRAPH ? new GraphExport() : typed(read);
    try (ExportArchive archive = ExportArchive.create(out, kind, chosen.entry())) {
      this.<Done>scan(
          read,
          "export",
          row -> one(row, chosen),
          done -> {
            if (done.refused() != null) {
              refuse(done.refused());
            } else {
              archive.write(done.bytes());
              saves++;
            }
          });
      archive.finish(chosen.schemas());
    }
    StringBuilder left = new StringBuilder();
    chosen
        .left()
        .forEach(
            (column, count) ->
                left.append(
                    String.format(
                        Locale.ROOT, "%,10d  values of %s left out: too long%n", count, column)));
    print(String.format(Locale.ROOT, "%,10d  saves exported%n", saves) + left + refusedSummary());
    return hasRefused() ? ExitStatus.LOOK : ExitStatus.DONE;
  }

  private ExportForm typed(Config read)
      throws DatabaseException, IOException, ConfigurationException {
    Path file = read.requireMapping();
    TargetTables tables = tables(read);
    FieldNumbers numbers = new FieldNumbers(file, tables.mapping());
    TypedModel model = TypedModel.of(tables.mapping(), numbers.read());
    if (form == Form.PROTO) {
      numbers.keep(model.lock());
    }
    return new TypedExport(tables, model, form == Form.NDJSON);
  }

  private TargetTables tables(Config read) throws DatabaseException, ConfigurationException {
    try {
      return TargetTables.read(read, limits());
    } catch (SQLException e) {
      throw new IllegalStateException("a mapping that is a file asks no server", e);
    }
  }

  private static Done one(ScannedSave row, ExportForm form) throws IOException {
    if (row instanceof ScannedSave.Refused refused) {
      return new Done(new byte[0], refused);
    }
    ScannedSave.Save save = (ScannedSave.Save) row;
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) save.pickleBytes());
      form.write(save, bytes);
      return new Done(bytes.toByteArray(), null);
    } catch (RefusedException e) {
      return new Done(new byte[0], new ScannedSave.Refused(save.key(), e.refusal()));
    }
  }
}
