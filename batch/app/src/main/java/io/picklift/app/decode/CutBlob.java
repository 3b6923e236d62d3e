package io.picklift.app.decode;

import java.util.Map;
import java.util.Set;

/**
 * Tells BLOBs that end early just where a column's type ends: the server cut them when they were
 * written.
 */
final class CutBlob {
  private static final Map<Integer, String> TYPES =
      Map.of(
          255,
          "TINYBLOB or TINYTEXT",
          65_535,
          "BLOB or TEXT",
          16_777_215,
          "MEDIUMBLOB or MEDIUMTEXT");

  /** Reasons that a value has which ends early: of the pickle, or of what is around it. */
  private static final Set<String> EARLY = Set.of("truncated", "encoding");

  private CutBlob() {}

  /** The refusal, with what happened and what to do where the BLOB was cut. */
  static Refusal told(Refusal refusal, int bytes) {
    String type = TYPES.get(bytes);
    if (type == null || !EARLY.contains(refusal.reason())) {
      return refusal;
    }
    return refusal.withMessage(
        String.format(
            java.util.Locale.ROOT,
            "%s; the BLOB is exactly %,d bytes long, the maximum of a %s: it was cut when it was"
                + " written. Change the column to LONGBLOB (unless it already is) and write the"
                + " save again; the rest of this one is lost",
            refusal.message(),
            bytes,
            type));
  }
}
