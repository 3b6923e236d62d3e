package io.picklift.schema.tables.rows;

import io.picklift.schema.mapping.TableMapping;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 of a save's rows: of each table its name and its rows' ordinals, of each column its name
 * and its cells, all with their lengths. Rows that hash alike join to the same save.
 */
public final class RowsHash {
  private RowsHash() {}

  public static byte[] of(SaveRows rows) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (TableRows table : rows.tables()) {
        add(digest, table);
      }
      // It was read as NULL, and is not.
      String unreadable = rows.unreadable();
      if (unreadable != null) {
        name(digest, unreadable);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, TableRows rows) {
    TableMapping table = rows.table();
    name(digest, table.name());
    number(digest, rows.size());
    // Ordinals that are 0, 1, 2, ... need no telling; others cannot be taken for them.
    number(digest, rows.isDense() ? 0 : 1);
    if (!rows.isDense()) {
      for (int row = 0; row < rows.size(); row++) {
        number(digest, rows.ordinal(row));
      }
    }
    for (int column = 0; column < table.stored().size(); column++) {
      name(digest, table.stored().get(column).name());
      rows.column(column).addTo(digest);
    }
  }

  private static void name(MessageDigest digest, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    number(digest, bytes.length);
    digest.update(bytes);
  }

  private static void number(MessageDigest digest, int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
  }
}
