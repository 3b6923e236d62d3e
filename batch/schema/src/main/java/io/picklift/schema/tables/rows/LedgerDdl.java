package io.picklift.schema.tables.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The statement of the ledger that mapped tables refer to. */
final class LedgerDdl {
  /**
   * The first migration, which never changes: a ledger made so is one that the later ones bring up
   * to date.
   */
  private static final String MIGRATION = "/db/migration/picklift/V1__toolkit.sql";

  private static final String BEGIN = "CREATE TABLE IF NOT EXISTS picklift_save (";

  private LedgerDdl() {}

  /** Without a final semicolon. */
  static String statement() {
    try (InputStream in = LedgerDdl.class.getResourceAsStream(MIGRATION)) {
      if (in == null) {
        throw new IllegalStateException(MIGRATION);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int start = text.indexOf(BEGIN);
      // No semicolon but that of the statement begins a line's end after its last bracket.
      int end = text.indexOf(";\n", text.indexOf(") ENGINE", start));
      return text.substring(start, end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
