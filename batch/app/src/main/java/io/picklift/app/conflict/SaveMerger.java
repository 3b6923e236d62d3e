package io.picklift.app.conflict;

import com.github.luben.zstd.Zstd;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.memory.LastResort;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.target.LedgerEntry;
import io.picklift.app.target.MappedTables;
import io.picklift.app.target.PreparedSave;
import io.picklift.app.target.SaveStore;
import io.picklift.app.target.StoredSaves;
import io.picklift.app.target.archive.ArchivedSave;
import io.picklift.app.target.archive.KeptBase;
import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.merge.MergeConflict;
import io.picklift.schema.merge.SaveMerge;
import io.picklift.schema.tables.join.JoinedSave;
import io.picklift.schema.tables.rows.RowsHash;
import io.picklift.schema.tables.rows.SaveRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Merges a save that was edited in its rows with what the source has of it now, by the BLOB that
 * both agreed on last. What comes of it is made a pickle once, as restoring will. For one thread.
 */
public final class SaveMerger {
  private static final int MOST_TOLD = 20;

  private final Mapping mapping;
  private final MappedTables tables;
  private final SaveRebuilder rebuilder;
  private final BlobDecoder decoder;
  private final Limits limits;
  private final LastResort lastResort;

  /**
   * @param tables puts the source's save together
   * @param rebuilder under the same limits
   * @param decoder reads what the source has
   * @param lastResort that of all who decode at the same time
   */
  public SaveMerger(
      Mapping mapping,
      MappedTables tables,
      SaveRebuilder rebuilder,
      BlobDecoder decoder,
      LastResort lastResort) {
    this.mapping = mapping;
    this.tables = tables;
    this.rebuilder = rebuilder;
    this.decoder = decoder;
    limits = tables.limits();
    this.lastResort = lastResort;
  }

  /** A save that stays as it is; says why. */
  private static final class UnmergedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final ArrayList<String> reasons;

    UnmergedException(List<String> reasons) {
      super(reasons.get(0), null, false, false);
      this.reasons = new ArrayList<>(reasons);
    }

    UnmergedException(String reason) {
      this(List.of(reason));
    }
  }

  /** Merges a save, or says why it stays as it is. */
  SaveStore.Merged merge(Connection connection, LedgerEntry entry, PreparedSave save)
      throws SQLException {
    if (!(save.content() instanceof PreparedSave.Migrated next)) {
      return SaveStore.Merged.none(List.of("what the source has now is no save"));
    }
    LastResort.Work<SaveStore.Merged> work = () -> merged(connection, entry, save, next);
    SaveStore.Merged merged = lastResort.beside(work);
    merged = merged == null ? lastResort.alone(work) : merged;
    return merged == null
        ? SaveStore.Merged.none(List.of("there is too little memory to merge it"))
        : merged;
  }

  private SaveStore.Merged merged(
      Connection connection, LedgerEntry entry, PreparedSave save, PreparedSave.Migrated next)
      throws SQLException {
    try {
      KeptBase base = KeptBase.find(connection, entry.saveId(), entry.blobSha256());
      if (base == null) {
        throw new UnmergedException(
            "the target does not have the BLOB that both sides agreed on last: it was migrated"
                + " without target.keep_base");
      }
      StoredSaves stored = rebuilder.stored(connection, List.of(entry.saveId()));
      List<SaveRows> edited = new ArrayList<>();
      SaveRebuilder.Migrated migrated =
          new SaveRebuilder.Migrated(entry.saveId(), entry.blobSha256(), entry.graphSha256());
      RebuiltSave target = rebuilder.rebuild(stored, migrated, edited::add);
      SaveRows now = edited.get(edited.size() - 1);
      // By ordinal they are merged like all rows; what the save means does not have them.
      String lost = base.isNumbered() ? null : target.unplaced();
      if (lost != null) {
        throw new UnmergedException(lost);
      }
      SaveRows rows = rows(base, next, target, now);
      check(connection, save, next, rows);
      return new SaveStore.Merged(
          save.with(rows), HexFormat.of().formatHex(RowsHash.of(now)), List.of());
    } catch (UnmergedException e) {
      return SaveStore.Merged.none(e.reasons);
    } catch (RebuildException e) {
      return SaveStore.Merged.none(List.of(said(e.path(), String.valueOf(e.getMessage()))));
    } catch (MappedTables.RestoreException e) {
      return SaveStore.Merged.none(List.of(said(e.path(), String.valueOf(e.getMessage()))));
    } catch (RefusedException e) {
      return SaveStore.Merged.none(
          List.of("the kept BLOB can no longer be read: " + e.refusal().message()));
    } catch (LimitException e) {
      return SaveStore.Merged.none(List.of(e.reason()));
    }
  }

  /** Most messages begin with their path. */
  private static String said(String path, String message) {
    return message.startsWith(path) ? message : path + " " + message;
  }

  private SaveRows rows(KeptBase base, PreparedSave.Migrated next, RebuiltSave target, SaveRows now)
      throws UnmergedException, RefusedException, LimitException, MappedTables.RestoreException {
    Meaning before = decoder.decode(base.blob()).meaning();
    JoinedSave joined = tables.join(next.archive().residue(), next.rows());
    Meaning known = joined.meaning();
    Meaning source = known == null ? Meaning.of(joined.graph(), limits) : known;
    Memory memory = Memory.beside(next.rows().footprint() + now.footprint(), limits);
    SaveMerge.Result result =
        base.isNumbered()
            ? SaveMerge.merge(mapping, before, source, next.rows(), now, memory)
            : SaveMerge.merge(mapping, before, source, next.rows(), target.meaning(), memory);
    SaveRows rows = result.rows();
    if (rows == null) {
      List<MergeConflict> conflicts = result.conflicts();
      List<String> told = new ArrayList<>();
      conflicts.stream().limit(MOST_TOLD).forEach(conflict -> told.add(conflict.toString()));
      if (conflicts.size() > MOST_TOLD) {
        told.add("and " + (conflicts.size() - MOST_TOLD) + " more");
      }
      throw new UnmergedException(told);
    }
    return rows;
  }

  /** What has no form as a pickle is no merged save. */
  private void check(
      Connection connection, PreparedSave save, PreparedSave.Migrated next, SaveRows rows)
      throws SQLException, RebuildException {
    PreparedSave.Archive archive = next.archive();
    PreparedSave.Blob blob = save.blob();
    byte[] packed = archive.packedOriginal();
    byte[] original =
        packed == null || blob == null ? null : Zstd.decompress(packed, (int) blob.bytes());
    RebuiltSave unused =
        rebuilder.rebuild(
            connection,
            new ArchivedSave(archive.residue(), archive.recipe(), original, new byte[0]),
            rows,
            new SaveRebuilder.Migrated(
                rows.saveId(),
                blob == null ? null : HexFormat.of().formatHex(blob.sha256()),
                HexFormat.of().formatHex(next.graphSha256())));
  }
}
