package io.picklift.app.cli.jobs;

import io.picklift.app.cli.terminal.Version;
import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.report.VerifyReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of how it was made: versions and the configuration. SQL and URLs' options may
 * hold secrets, so that it says only that they are there.
 */
final class ReportedRun {
  private ReportedRun() {}

  static void about(VerifyReport report, Config config, Path file) {
    report.about("picklift", Version.number());
    report.about("java", Version.java());
    report.about("configuration", file.toString());
    if (!file.equals(Path.of("picklift.yaml"))) {
      report.configuration(file.toString());
    }
    SourceConfig source = config.source();
    Database database = source.database();
    report.about("source", database == null ? String.valueOf(source.files()) : database.place());
    if (database != null) {
      report.about("table", source.table() + ", key " + String.join(", ", source.key()));
      report.about("blob", source.blob());
    }
    report.about("rows", source.where() == null ? "all" : "those of source.where");
    report.about("a change is told by", changes(source));
    report.about("encoding", encoding(source.encoding()));
    report.about("copies compared", copies(source));
    report.about("mapping", config.mapping() == null ? "document" : config.mapping().toString());
    if (!config.adapters().isEmpty()) {
      report.about("adapters", names(config.adapters()));
    }
  }

  private static String changes(SourceConfig source) {
    return source.watermark() == null ? "the BLOB's hash" : "watermark " + source.watermark();
  }

  private static String encoding(@Nullable List<Encoding> encodings) {
    return encodings == null
        ? "told by content"
        : encodings.stream().map(Encoding::label).collect(Collectors.joining(", "));
  }

  private static String copies(SourceConfig source) {
    List<String> columns = new ArrayList<>(source.columns().keySet());
    if (source.json() != null) {
      columns.add(source.json());
    }
    return columns.isEmpty() ? "none" : String.join(", ", columns);
  }

  private static String names(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
