package io.picklift.app.restore;

import io.picklift.app.database.ServerErrors;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.report.Finding;
import io.picklift.app.source.SaveKey;
import io.picklift.app.target.Quarantine;
import io.picklift.app.target.StoredSaves;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the BLOB of one save after the other, and hands it to a sink. For one thread. */
final class SaveRestorer {
  private final SaveRebuilder rebuilder;
  private final int keyColumns;
  private final RestoredSaves.Sink sink;
  private final @Nullable DjangoSigner signer;
  private final @Nullable ReadBack readBack;

  /**
   * @param keyColumns how many columns the source's key has
   * @param signer of changed saves; null where nobody has the key
   * @param readBack that reads each BLOB before it is written; null for none
   */
  SaveRestorer(
      SaveRebuilder rebuilder,
      int keyColumns,
      RestoredSaves.Sink sink,
      @Nullable DjangoSigner signer,
      @Nullable ReadBack readBack) {
    this.rebuilder = rebuilder;
    this.keyColumns = keyColumns;
    this.sink = sink;
    this.signer = signer;
    this.readBack = readBack;
  }

  /** What the target has of some saves, to be restored in this order. */
  StoredSaves stored(Connection connection, List<LedgerSave> saves) throws SQLException {
    return rebuilder.stored(connection, saves.stream().map(LedgerSave::saveId).toList());
  }

  /**
   * Restores a save.
   *
   * @return its key where it was written; null where it could not be restored, which is told
   */
  @Nullable SaveKey restore(
      Connection connection, StoredSaves stored, LedgerSave save, RestoreTally tally)
      throws SQLException, IOException {
    if (!save.isMigrated()) {
      quarantined(connection, save, tally);
      return null;
    }
    try {
      return restore(stored, save, tally);
    } catch (RebuildException e) {
      tally.fail(save.key(), String.valueOf(e.getMessage()), e.finding());
      return null;
    }
  }

  /**
   * The same of a save that was migrated.
   *
   * @throws RebuildException if its rows and archive give none; nothing was told of it
   */
  @Nullable SaveKey restore(StoredSaves stored, LedgerSave save, RestoreTally tally)
      throws SQLException, IOException, RebuildException {
    RebuiltSave rebuilt = rebuilder.rebuild(stored, save.migrated());
    byte[] blob =
        rebuilt.isEdited() && rebuilt.isSigned() ? signed(rebuilt.blob()) : rebuilt.blob();
    if (blob == null) {
      tally.fail(
          save.key(),
          "changed in the tables, and the BLOB is signed: "
              + (signer == null
                  ? "set " + DjangoSigner.KEY + " to your application's key"
                  : "the signature is not of django.core.signing, or not outermost: only your"
                      + " application can sign it"));
      return null;
    }
    if (readBack != null) {
      readBack.check(rebuilt, blob);
    }
    SaveKey key = SaveKey.parse(save.key(), keyColumns);
    if (!isTaken(key, blob, tally)) {
      return null;
    }
    tally.restored(save.key(), rebuilt);
    return key;
  }

  private static void quarantined(Connection connection, LedgerSave save, RestoreTally tally)
      throws SQLException {
    String reason = Quarantine.reason(connection, save.saveId());
    String sha256 = save.migrated().blobSha256();
    tally.fail(
        save.key(),
        save.status() + " (" + reason + "): its BLOB is in the source alone",
        Finding.quarantined(reason, sha256 == null ? "" : sha256));
  }

  /** A table's server may not take the BLOB; the others are restored. */
  private boolean isTaken(SaveKey key, byte[] blob, RestoreTally tally)
      throws SQLException, IOException {
    try {
      sink.save(key, blob);
      return true;
    } catch (SQLException e) {
      if (!ServerErrors.isTooLong(e)) {
        throw e;
      }
      tally.fail(
          key.text(),
          String.format(
              Locale.ROOT,
              "an INSERT of its %,d bytes is longer than the target's max_allowed_packet: raise"
                  + " it, or restore with --out",
              blob.length));
      return false;
    }
  }

  private byte @Nullable [] signed(byte[] blob) {
    return signer == null ? null : signer.sign(blob);
  }
}
