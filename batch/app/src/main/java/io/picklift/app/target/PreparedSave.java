package io.picklift.app.target;

import io.picklift.app.decode.Refusal;
import io.picklift.app.source.SaveKey;
import io.picklift.schema.tables.rows.SaveRows;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is stored in the target for one source row, except the {@code save_id}. Made
 * before a transaction is open; holds neither the BLOB nor the graph.
 *
 * @param watermark of the row that was read; null where there is none
 * @param carriedSha256 of what the row brings beside the save, in hex; null for nothing
 * @param blob null for a NULL
 */
public record PreparedSave(
    SaveKey key,
    @Nullable String watermark,
    @Nullable String carriedSha256,
    @Nullable Blob blob,
    Content content) {

  /**
   * The BLOB as it is in the source.
   *
   * @param bytes how long it is
   * @param readBytes how many of them were read: all, or 0 where the server told its hash alone
   */
  public record Blob(byte[] sha256, long bytes, long readBytes) {}

  /** What became of the save. */
  public sealed interface Content {}

  /**
   * A save that is written into the mapped tables.
   *
   * @param pickleBytes how long the pickle is
   * @param encodings around the pickle, like {@code base64+zlib}
   * @param graphSha256 the graph's digest
   * @param records how many pickles there are
   * @param strayBytes what stands behind them and is neither a pickle nor padding
   * @param values the save's single values
   * @param valuesInTables those of them that stand in the tables and not in the residue
   * @param unfitValues those that their column could not hold exactly
   * @param unfitColumns the same by column, like {@code person.age}
   * @param foundColumns columns whose path leads to something in this save
   */
  public record Migrated(
      long pickleBytes,
      String encodings,
      int protocol,
      byte[] graphSha256,
      int records,
      int strayBytes,
      SaveRows rows,
      Archive archive,
      long values,
      long valuesInTables,
      long unfitValues,
      Map<String, Long> unfitColumns,
      Set<String> foundColumns)
      implements Content {}

  /**
   * What restores the save together with its rows.
   *
   * @param residue the graph without what the tables hold
   * @param recipe how to encode the pickle again; null where the original is kept
   * @param packedOriginal the BLOB, compressed; null unless kept
   * @param packedBase the same; null unless it is kept to merge by
   */
  public record Archive(
      byte[] residue,
      @Nullable String recipe,
      byte @Nullable [] packedOriginal,
      byte @Nullable [] packedBase) {}

  /** A save that is quarantined whole. */
  public record Quarantined(Refusal refusal) implements Content {}

  /** How many rows of the mapped tables it has. */
  public long mappedRows() {
    return content instanceof Migrated migrated ? migrated.rows().size() : 0;
  }

  /** About how many bytes of heap it takes. */
  public long footprint() {
    if (!(content instanceof Migrated migrated)) {
      return 0;
    }
    Archive archive = migrated.archive();
    return migrated.rows().footprint()
        + archive.residue().length
        + length(archive.packedOriginal())
        + length(archive.packedBase());
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** The same save with other rows: what is archived of it is not made anew. */
  public PreparedSave with(SaveRows rows) {
    if (!(content instanceof Migrated save)) {
      throw new IllegalStateException("a save in quarantine has no rows");
    }
    return new PreparedSave(
        key,
        watermark,
        carriedSha256,
        blob,
        new Migrated(
            save.pickleBytes(),
            save.encodings(),
            save.protocol(),
            save.graphSha256(),
            save.records(),
            save.strayBytes(),
            rows,
            save.archive(),
            save.values(),
            save.valuesInTables(),
            save.unfitValues(),
            save.unfitColumns(),
            save.foundColumns()));
  }

  /** The same row with a reason why nothing is made of it. */
  PreparedSave refused(Refusal refusal) {
    return new PreparedSave(key, watermark, carriedSha256, blob, new Quarantined(refusal));
  }
}
