package io.picklift.app.finish.archive;

import io.picklift.app.encoding.Recoder;
import io.picklift.app.encoding.Unpacker;
import io.picklift.app.encoding.format.EncodingException;
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
  private final Limits limits;

  /**
   * @param limits of each save
   */
  public ArchivedBlobs(Mapping mapping, Limits limits) {
    this.limits = limits;
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
    return whole == null ? null : ofWhole(save, whole);
  }

  /** A BLOB that the archive has whole may be another than the one that was migrated, too. */
  private Made ofWhole(KeptSave save, byte[] whole) {
    boolean isEdited =
        save.kind() == KeptSave.Kind.MIGRATED
            && !String.valueOf(save.text("blob_sha256")).equals(save.restoredSha256());
    return new Made(whole, isEdited, isEdited && isSigned(whole));
  }

  private boolean isSigned(byte[] whole) {
    try {
      String recipe = Recoder.nearest(Unpacker.ofProvenDamage(limits).auto(whole), limits);
      return recipe != null && Recoder.isSigned(recipe);
    } catch (EncodingException e) {
      // Picklift made it: what it cannot take apart again nobody has signed.
      return false;
    }
  }
}
