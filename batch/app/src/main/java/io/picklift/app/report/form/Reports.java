package io.picklift.app.report.form;

import io.picklift.app.report.ReportModel;
import io.picklift.app.report.ValueDisclosure;
import io.picklift.app.report.VerifyReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report in all its forms, as a set: all of them are written aside first and then moved,
 * so that no file of one run ever stands beside one of another.
 */
public final class Reports {
  /**
   * How to write.
   *
   * @param values what to show; null for each form's own default: hashes in {@code summary.md} and
   *     {@code report.sarif}, which leave the house, values in the others
   * @param lines where the user's files have what findings are about
   * @param stepSummary a file to add {@code summary.md} to; null for none
   */
  public record Options(
      @Nullable ValueDisclosure values, SourceLines lines, @Nullable Path stepSummary) {}

  /** What GitHub shows of a step; it shows nothing of one that writes more. */
  private static final long STEP_BYTES = 1L << 20;

  /** What stands behind the causes takes less. */
  private static final long BEHIND_CAUSES = 1L << 15;

  private interface Form {
    void write(OutputStream out) throws IOException;
  }

  private final Path folder;
  private final Path aside;
  private final List<String> names = new ArrayList<>();

  private Reports(Path folder, Path aside) {
    this.folder = folder;
    this.aside = aside;
  }

  /** Writes the report, about {@code picklift.yaml}, into a folder. */
  public static void write(VerifyReport report, Path folder) throws IOException {
    Path config = Path.of("picklift.yaml");
    write(report, folder, new Options(null, new SourceLines(Path.of(""), config, null), null));
  }

  /**
   * Writes {@code junit.xml}, {@code report.json}, {@code report.html}, {@code summary.md} and
   * {@code report.sarif} into a folder, which is made if need be.
   *
   * @throws IOException if one cannot be written; the message names it, and the folder is as it was
   */
  public static void write(VerifyReport report, Path folder, Options options) throws IOException {
    Files.createDirectories(folder);
    Path aside = Files.createTempDirectory(folder, ".report-");
    try {
      new Reports(folder, aside).write(report.model(), options);
    } finally {
      delete(aside);
    }
  }

  private void write(ReportModel model, Options options) throws IOException {
    ValueDisclosure shown = options.values() == null ? ValueDisclosure.FULL : options.values();
    ValueDisclosure hidden = options.values() == null ? ValueDisclosure.HASHES : options.values();
    String summary = MarkdownReport.of(model, hidden, STEP_BYTES - BEHIND_CAUSES);
    file("junit.xml", out -> JunitReport.write(model, shown, "picklift.yaml", out));
    file("report.json", out -> JsonReport.write(model, shown, out));
    file("report.html", out -> HtmlReport.write(model, shown, options.lines(), out));
    file("report.sarif", out -> SarifReport.write(model, hidden, options.lines(), out));
    file("summary.md", out -> out.write(summary.getBytes(StandardCharsets.UTF_8)));
    for (String name : names) {
      if (Files.isDirectory(folder.resolve(name))) {
        throw new IOException(folder.resolve(name) + ": is a folder");
      }
    }
    for (String name : names) {
      Files.move(aside.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    Path step = options.stepSummary();
    if (step != null) {
      add(model, hidden, step);
    }
  }

  /** A step's commands share the file, and what it may hold. */
  private static void add(ReportModel model, ValueDisclosure values, Path step) throws IOException {
    long room = STEP_BYTES - (Files.exists(step) ? Files.size(step) : 0);
    byte[] summary =
        MarkdownReport.of(model, values, room - BEHIND_CAUSES).getBytes(StandardCharsets.UTF_8);
    if (summary.length <= room) {
      try {
        Files.write(step, summary, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (FileSystemException e) {
        throw e;
      } catch (IOException e) {
        throw new IOException(step + ": " + e.getMessage(), e);
      }
    }
  }

  private void file(String name, Form form) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(aside.resolve(name)), 1 << 16)) {
      form.write(out);
    } catch (FileSystemException e) {
      throw new IOException(folder.resolve(name) + ": " + why(e), e);
    } catch (IOException e) {
      // The system's own words for a full disk name no file.
      throw new IOException(folder.resolve(name) + ": " + e.getMessage(), e);
    }
    names.add(name);
  }

  private static String why(FileSystemException e) {
    return e.getReason() == null ? String.valueOf(e.getMessage()) : e.getReason();
  }

  private static void delete(Path aside) throws IOException {
    try (var files = Files.list(aside)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(aside);
  }
}
