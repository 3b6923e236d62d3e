package io.picklift.app.target;

import com.github.luben.zstd.Zstd;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.decode.SaveOutcome;
import io.picklift.app.input.LeftOut;
import io.picklift.app.source.Sha256;
import io.picklift.app.source.SourceRow;
import io.picklift.codec.pickle.RecordDecoder;
import io.picklift.schema.tables.split.SplitCounts;
import io.picklift.schema.tables.split.SplitSave;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Does the work of storing saves that needs no server: splits them into rows, hashes, compresses.
 * This happens once and before a transaction is open, so that no locks are held meanwhile and a
 * repeated transaction does not repeat it. For one thread.
 */
public final class SavePreparer {
  private static final int ZSTD_LEVEL = 6;

  private final MappedTables tables;
  private final boolean isBaseKept;

  /**
   * @param isBaseKept whether each BLOB is kept to merge by
   */
  public SavePreparer(MappedTables tables, boolean isBaseKept) {
    this.tables = tables;
    this.isBaseKept = isBaseKept;
  }

  /** Makes of a decoded row what {@link SaveStore} writes. */
  public PreparedSave prepare(SaveOutcome outcome) {
    SourceRow row = outcome.row();
    byte[] blob = row.blob();
    return new PreparedSave(
        row.key(), row.watermark(), row.carried().sha256(), described(row), content(outcome, blob));
  }

  private static PreparedSave.@Nullable Blob described(SourceRow row) {
    byte[] blob = row.blob();
    LeftOut leftOut = row.leftOut();
    if (leftOut != null) {
      return new PreparedSave.Blob(HexFormat.of().parseHex(leftOut.sha256()), leftOut.bytes(), 0);
    }
    return blob == null ? null : new PreparedSave.Blob(Sha256.of(blob), blob.length, blob.length);
  }

  private PreparedSave.Content content(SaveOutcome outcome, byte @Nullable [] blob) {
    if (outcome instanceof SaveOutcome.Refused refused) {
      return new PreparedSave.Quarantined(refused.refusal());
    }
    try {
      return migrated((SaveOutcome.Decoded) outcome, blob);
    } catch (RefusedException e) {
      return new PreparedSave.Quarantined(e.refusal());
    }
  }

  private PreparedSave.Migrated migrated(SaveOutcome.Decoded save, byte @Nullable [] blob)
      throws RefusedException {
    SplitSave split = tables.split(save.meaning(), save.row());
    SplitCounts counts = split.counts();
    String recipe = save.recipe();
    boolean isKept = blob != null && (recipe == null || isBaseKept);
    byte[] packed = isKept && blob != null ? Zstd.compress(blob, ZSTD_LEVEL) : null;
    return new PreparedSave.Migrated(
        save.pickleBytes(),
        save.encodings(),
        save.graph().style().protocol(),
        save.graphSha256(),
        save.graph().style().records().roots(save.graph()).length,
        RecordDecoder.strayBytes(save.graph()),
        split.rows(),
        new PreparedSave.Archive(
            split.residue(), recipe, recipe == null ? packed : null, isBaseKept ? packed : null),
        counts.scalars(),
        counts.inColumns(),
        counts.unfit(),
        tables.unfitColumns(split),
        tables.foundColumns(split));
  }
}
