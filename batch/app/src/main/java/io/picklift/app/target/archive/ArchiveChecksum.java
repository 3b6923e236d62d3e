package io.picklift.app.target.archive;

import io.picklift.app.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The column {@code picklift_archive.content_sha256}, which binds what is archived to its save. The
 * migration {@code V6__archive_checksum.sql} describes the text that is hashed. It is made of
 * hashes so that the server can make it as well, and no BLOB crosses the wire for it.
 */
public final class ArchiveChecksum {
  /** Saves a statement: each may have some megabytes to hash. */
  private static final int PAGE = 200;

  /** The same text as {@link #of}, of a row and of a residue that it may not have yet. */
  private static final String TEXT =
      """
      UNHEX(SHA2(CONCAT(
        'picklift archive 1\\nsave ', %1$s.save_id,
        '\\nresidue ', LOWER(SHA2(%2$s.residue, 256)),
        '\\nrecipe ', COALESCE(CONCAT('[', %1$s.encoding_recipe, ']'), '-'),
        '\\noriginal ',
        COALESCE(CONCAT(LOWER(SHA2(%1$s.original, 256)), ' ', %1$s.original_bytes), '-')), 256))\
      """;

  private static final String ON_SERVER =
      "UPDATE picklift_archive SET content_sha256 = "
          + onServer("picklift_archive", "picklift_archive")
          + """

          WHERE content_sha256 IS NULL AND save_id > ? AND save_id <= ?
          """;

  private ArchiveChecksum() {}

  /**
   * The checksum as the server makes it.
   *
   * @param archive what SQL calls the row of {@code picklift_archive}
   * @param residue what it calls the row that has the residue
   */
  public static String onServer(String archive, String residue) {
    return TEXT.formatted(archive, residue);
  }

  /**
   * The checksum of what is archived of a save.
   *
   * @param original compressed, as the table has it
   * @param originalBytes how long it is without compression
   */
  public static byte[] of(
      long saveId,
      byte[] residue,
      @Nullable String recipe,
      byte @Nullable [] original,
      long originalBytes) {
    String text =
        "picklift archive 1\nsave "
            + saveId
            + "\nresidue "
            + hex(residue)
            + "\nrecipe "
            + (recipe == null ? "-" : "[" + recipe + "]")
            + "\noriginal "
            + (original == null ? "-" : hex(original) + " " + originalBytes);
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.of(bytes));
  }

  /**
   * Fills the checksums that an earlier Picklift did not make, page by page, each committed by
   * itself.
   *
   * @return how many there were
   */
  public static long fill(Connection connection) throws SQLException {
    long filled = 0;
    long after = 0;
    for (long upTo = pageEnd(connection, after);
        upTo > 0;
        after = upTo, upTo = pageEnd(connection, after)) {
      try (PreparedStatement update = connection.prepareStatement(ON_SERVER)) {
        update.setLong(1, after);
        update.setLong(2, upTo);
        filled += update.executeUpdate();
      }
    }
    return filled;
  }

  /** The last save of the next page of those without a checksum; 0 where there is none. */
  private static long pageEnd(Connection connection, long after) throws SQLException {
    String sql =
        """
        SELECT COALESCE(MAX(save_id), 0) FROM (
          SELECT save_id FROM picklift_archive
          WHERE content_sha256 IS NULL AND save_id > %d ORDER BY save_id LIMIT %d) page
        """
            .formatted(after, PAGE);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
