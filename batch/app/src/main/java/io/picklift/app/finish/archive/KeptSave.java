package io.picklift.app.finish.archive;

import io.picklift.schema.tables.rows.SaveRows;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One save of the ledger, as an archive keeps it.
 *
 * @param ledger the ledger's row: texts and numbers as text, bytes in hex; no NULL
 * @param quarantine the row of {@code picklift_quarantine}; empty unless quarantined
 * @param restoredSha256 of the BLOB that rows and residue give, in hex; null where there is none
 * @param parts what it is made of again; null unless it was migrated
 * @param blob the BLOB itself: of a save in quarantine, and of one that has no residue; else null
 */
public record KeptSave(
    Map<String, String> ledger,
    Map<String, String> quarantine,
    @Nullable String restoredSha256,
    @Nullable Parts parts,
    byte @Nullable [] blob) {
  /** What became of it. */
  public enum Kind {
    MIGRATED,
    QUARANTINED,
    DELETED
  }

  /**
   * Rows and what {@code picklift_archive} has of a save.
   *
   * @param recipe how to encode the pickle again; null where there is none
   * @param original the BLOB, where it cannot be made again byte for byte; else null
   */
  public record Parts(
      byte[] residue, @Nullable String recipe, byte @Nullable [] original, SaveRows rows) {}

  /** What became of it. */
  public Kind kind() {
    return switch (text("status")) {
      case "migrated" -> Kind.MIGRATED;
      case "quarantined" -> Kind.QUARANTINED;
      default -> Kind.DELETED;
    };
  }

  public long saveId() {
    return Long.parseLong(text("save_id"));
  }

  /** The key as text. */
  public String key() {
    return text("source_key");
  }

  /** A column of the ledger's row; empty for NULL. */
  public String text(String column) {
    return ledger.getOrDefault(column, "");
  }
}
