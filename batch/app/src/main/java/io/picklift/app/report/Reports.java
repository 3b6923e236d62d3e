package io.picklift.app.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a report in all its forms. */
public final class Reports {
  private Reports() {}

  /**
   * Writes {@code junit.xml}, {@code report.json} and {@code report.html} into a folder, which is
   * made if need be.
   */
  public static void write(VerifyReport report, Path folder) throws IOException {
    Files.createDirectories(folder);
    JunitReport.write(report, folder.resolve("junit.xml"));
    JsonReport.write(report, folder.resolve("report.json"));
    HtmlReport.write(report, folder.resolve("report.html"));
  }
}
