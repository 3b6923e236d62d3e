package io.picklift.app.target;

import io.picklift.app.decode.Refusal;
import io.picklift.app.range.KeyRange;
import io.picklift.app.target.archive.ArchiveChecksum;
import io.picklift.schema.tables.rows.BulkTable;
import io.picklift.schema.tables.rows.InsertText;
import io.picklift.schema.tables.rows.RowText;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code picklift_save}, {@code picklift_archive} and {@code picklift_quarantine} say of a
 * save.
 */
final class PickliftRows {
  private static final String NOW = "UTC_TIMESTAMP(6)";

  private static final String[] DESCRIPTION = {
    "status",
    "blob_sha256",
    "blob_bytes",
    "pickle_bytes",
    "encodings",
    "protocol",
    "graph_sha256",
    "restored_as",
    "record_count",
    "trailing_bytes",
    "mapping_sha256",
    "watermark",
    "carried_sha256",
    "range_no",
    "last_written"
  };

  /** Of saves that the ledger does not have. */
  static final BulkTable LEDGER = ledger("");

  /**
   * Of saves that it has: their rows stay, and are described anew. Whoever does not know the range
   * of the key leaves it as it is.
   */
  static final BulkTable LEDGER_AGAIN =
      ledger(
          Arrays.stream(DESCRIPTION)
              .map(column -> column + " = " + again(column))
              .collect(
                  Collectors.joining(", ", "ON DUPLICATE KEY UPDATE deleted_at = NULL, ", "")));

  private static String again(String column) {
    return column.equals("range_no")
        ? "COALESCE(VALUES(range_no), range_no)"
        : "VALUES(" + column + ")";
  }

  static final BulkTable ARCHIVE =
      BulkTable.of(
          "picklift_archive",
          "save_id",
          "row_count",
          "residue",
          "residue_bytes",
          "encoding_recipe",
          "original",
          "original_bytes",
          "value_count",
          "table_value_count",
          "unfit_value_count",
          "content_sha256");

  static final BulkTable BASE =
      BulkTable.of(
          "picklift_base",
          "save_id",
          "blob_sha256",
          "base",
          "packed_bytes",
          "base_bytes",
          "is_numbered");

  static final BulkTable QUARANTINE =
      BulkTable.of(
          "picklift_quarantine",
          "save_id",
          "reason",
          "code",
          "message",
          "byte_offset",
          "opcode",
          "path",
          "names",
          "blob_sha256",
          "blob_bytes",
          "quarantined_at");

  private PickliftRows() {}

  private static BulkTable ledger(String onDuplicate) {
    String[] first = {"save_id", "source_table", "source_key", "key_sha256", "first_seen"};
    String[] columns = Arrays.copyOf(first, first.length + DESCRIPTION.length);
    System.arraycopy(DESCRIPTION, 0, columns, first.length, DESCRIPTION.length);
    BulkTable table = BulkTable.of("picklift_save", columns);
    return new BulkTable(table.name(), table.columns(), onDuplicate);
  }

  static void ledger(InsertText to, NumberedSave numbered, String source, byte[] mappingSha256) {
    PreparedSave save = numbered.save();
    PreparedSave.Blob blob = save.blob();
    to.number(numbered.saveId()).text(source).text(save.key().text()).bytes(save.key().sha256());
    to.expression(NOW);
    boolean isMigrated = save.content() instanceof PreparedSave.Migrated;
    to.text((isMigrated ? LedgerEntry.Status.MIGRATED : LedgerEntry.Status.QUARANTINED).label());
    blob(to, blob);
    if (save.content() instanceof PreparedSave.Migrated migrated) {
      to.number(migrated.pickleBytes()).text(migrated.encodings()).number(migrated.protocol());
      to.bytes(migrated.graphSha256());
      to.text(migrated.archive().recipe() == null ? "kept" : "identical");
      to.number(migrated.records()).number(migrated.strayBytes());
    } else {
      to.nothing().text("").nothing().nothing().nothing().nothing().nothing();
    }
    to.bytes(mappingSha256).text(save.watermark());
    String carried = save.carriedSha256();
    if (carried == null) {
      to.nothing();
    } else {
      to.bytes(HexFormat.of().parseHex(carried));
    }
    if (numbered.range() == KeyRange.NONE) {
      to.nothing();
    } else {
      to.number(numbered.range());
    }
    to.expression(NOW);
    to.endRow();
  }

  private static void blob(RowText to, PreparedSave.@Nullable Blob blob) {
    if (blob == null) {
      to.nothing().nothing();
    } else {
      to.bytes(blob.sha256()).number(blob.bytes());
    }
  }

  static void archive(
      RowText to, long saveId, PreparedSave.Migrated save, PreparedSave.@Nullable Blob blob) {
    PreparedSave.Archive archive = save.archive();
    byte[] original = archive.packedOriginal();
    to.number(saveId).number(save.rows().size());
    to.bytes(archive.residue()).number(archive.residue().length).text(archive.recipe());
    long originalBytes = blob == null ? 0 : blob.bytes();
    if (original == null) {
      to.nothing().nothing();
    } else {
      to.bytes(original).number(originalBytes);
    }
    to.number(save.values()).number(save.valuesInTables()).number(save.unfitValues());
    to.bytes(
        ArchiveChecksum.of(saveId, archive.residue(), archive.recipe(), original, originalBytes));
    to.endRow();
  }

  /** Nothing where the BLOB is not kept to merge by. */
  static void base(
      RowText to, long saveId, PreparedSave.Migrated save, PreparedSave.@Nullable Blob blob) {
    byte[] base = save.archive().packedBase();
    if (base != null && blob != null) {
      to.number(saveId)
          .bytes(blob.sha256())
          .bytes(base)
          .number(base.length)
          .number(blob.bytes())
          .number(1);
      to.endRow();
    }
  }

  static void quarantine(
      InsertText to, long saveId, Refusal refusal, PreparedSave.@Nullable Blob blob) {
    to.number(saveId).text(refusal.reason()).text(refusal.code());
    to.text(cut(refusal.message(), 1000));
    if (refusal.offset() < 0) {
      to.nothing();
    } else {
      to.number(refusal.offset());
    }
    to.text(emptyToNull(refusal.opcode())).text(emptyToNull(cut(refusal.path(), 1000)));
    to.text(emptyToNull(cut(names(refusal.names()), 16_000)));
    blob(to, blob);
    to.expression(NOW);
    to.endRow();
  }

  private static String names(List<String> names) {
    return String.join("\n", names);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 3) + "...";
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
