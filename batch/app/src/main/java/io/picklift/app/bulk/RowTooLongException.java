package io.picklift.app.bulk;

import java.sql.SQLException;
import java.util.Locale;

/**
 * Thrown where a row alone makes an INSERT that is longer than the server takes. A LOAD DATA of the
 * same row has no such bound.
 */
public final class RowTooLongException extends SQLException {
  private static final long serialVersionUID = 1L;

  RowTooLongException(String table, long bytes, long most) {
    super(
        String.format(
            Locale.ROOT,
            "a row of %s takes an INSERT of %,d bytes, and the target's max_allowed_packet is %,d:"
                + " raise it, or let the server take LOAD DATA LOCAL (local_infile)",
            table,
            bytes,
            most),
        "22001");
  }
}
