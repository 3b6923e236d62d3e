package io.picklift.app.finish.archive;

import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.target.TargetTables;
import io.picklift.app.target.archive.ArchivedSave;
import io.picklift.codec.Limits;
import io.picklift.schema.mapping.Mapping;
import org.jspecify.annotations.Nullable;

/** Makes the BLOBs of an archive's saves again. For one thread. */
public final class ArchivedBlobs {
  private final SaveRebuilder rebuilder;

  /**
   * @param limits of each save
   */
  public ArchivedBlobs(Mapping mapping, Limits limits) {
    rebuilder = new SaveRebuilder(TargetTables.joining(mapping, limits), limits);
  }

  /**
   * A save's BLOB.
   *
   * @param isEdited whether its rows said something else than the BLOB that was migrated
   * @param isSigned whether a signature that nobody here can make has to go around it
   */
  public record Made(byte[] blob, boolean isEdited, boolean isSigned) {}

  /**
   * Makes one.
   *
   * @return null where the save has no BLOB: it was deleted, or was NULL
   * @throws RebuildException if rows and residue give none
   */
  public @Nullable Made make(KeptSave save) throws RebuildException {
    KeptSave.Parts parts = save.parts();
    byte[] whole = save.blob();
    if (parts != null) {
      // As SaveRebuilder has it of a save that was born in the tables.
      boolean isBorn = "born".equals(save.text("restored_as")) && parts.original() == null;
      RebuiltSave rebuilt =
          rebuilder.rebuild(
              new ArchivedSave(parts.residue(), parts.recipe(), parts.original(), new byte[0]),
              parts.rows(),
              new SaveRebuilder.Migrated(
                  save.saveId(),
                  save.text("blob_sha256"),
                  isBorn ? null : save.text("graph_sha256")));
      return new Made(rebuilt.blob(), rebuilt.isEdited(), rebuilt.isEdited() && rebuilt.isSigned());
    }
    return whole == null ? null : new Made(whole, false, false);
  }
}
