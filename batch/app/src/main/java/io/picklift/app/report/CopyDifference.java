package io.picklift.app.report;

import io.picklift.app.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A place where a copy of a value, in a column or a JSON document, differs from the BLOB.
 *
 * @param column the source's column with the copy
 * @param path where in the save
 * @param blob what the BLOB says, shortened
 * @param copy what the copy says, shortened
 * @param identity a hash of both, whole; empty where neither is shortened
 */
public record CopyDifference(
    String column, String path, String blob, String copy, String identity) {
  private static final int SHOWN_WHOLE = 50;

  /** A hash of two values, whole; empty where both are short enough to be shown. */
  public static String identity(String blob, @Nullable String copy) {
    if (blob.length() <= SHOWN_WHOLE && (copy == null || copy.length() <= SHOWN_WHOLE)) {
      return "";
    }
    String both = blob.length() + ":" + blob + copy;
    return HexFormat.of().formatHex(Sha256.of(both.getBytes(StandardCharsets.UTF_8)));
  }
}
