package io.picklift.app.writeback;

import io.picklift.app.changes.ChangedSaves;
import io.picklift.app.database.Retry;
import io.picklift.app.database.Snapshot;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.source.Sha256;
import io.picklift.app.target.StoredSaves;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.split.SplitSave;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes the BLOBs that are to be written, from the tables as they are at one moment. */
final class SavesToWrite {
  /** Of BLOBs that are held at a time. */
  private static final long MOST_BYTES = 1 << 20;

  private final DataSource target;
  private final SaveRebuilder rebuilder;
  private final BlobDecoder decoder;
  private final @Nullable DjangoSigner signer;

  SavesToWrite(
      DataSource target,
      SaveRebuilder rebuilder,
      BlobDecoder decoder,
      @Nullable DjangoSigner signer) {
    this.target = target;
    this.rebuilder = rebuilder;
    this.decoder = decoder;
    this.signer = signer;
  }

  /**
   * A save as it was at one moment.
   *
   * @param restored null where its rows say what the BLOB says on which both sides agreed last
   * @param alone what gives it without others, if it was made like them; else null
   * @param unplaced its rows that nothing in it refers to, in words; null for none
   * @param entries of its changes, which are settled with it
   */
  record Save(
      @Nullable Restored restored,
      @Nullable StandAlone alone,
      @Nullable String unplaced,
      List<Long> entries) {
    /** Whether nothing is to be entered of it, neither in the source nor in the archive. */
    boolean isSettled() {
      return restored == null && alone == null;
    }
  }

  private record Rows(RebuiltSave save, SaveRows rows, List<Long> entries) {}

  /**
   * Makes one.
   *
   * @param isUnedited whether it is to be written even where its rows were not edited
   * @throws NotWritableException if it cannot be written as it is
   */
  Save of(WritingLedger.Entry entry, ChangedSaves changed, boolean isUnedited)
      throws SQLException, NotWritableException {
    try {
      Rows rows = rows(entry, changed);
      return save(rows, isUnedited);
    } catch (RebuildException e) {
      throw new NotWritableException(String.valueOf(e.getMessage()), e);
    } catch (RefusedException e) {
      throw new NotWritableException("what its rows give is no save: " + e.refusal().message(), e);
    } catch (LimitException e) {
      throw new NotWritableException(e.reason(), e);
    }
  }

  /**
   * Makes several, as they were at one moment, by save id. One that cannot be written, or has rows
   * that nothing refers to, is not in it: {@link #of(WritingLedger.Entry, ChangedSaves, boolean)}
   * says why.
   */
  Map<Long, Save> of(List<WritingLedger.Entry> entries, ChangedSaves changed) throws SQLException {
    List<Long> ids = entries.stream().map(WritingLedger.Entry::saveId).toList();
    Map<Long, Rows> found = new LinkedHashMap<>();
    boolean unused =
        Retry.retrying(
            () ->
                Snapshot.read(
                    target,
                    connection -> {
                      found.clear();
                      Map<Long, List<Long>> noted = changed.entries(connection, ids);
                      StoredSaves stored = rebuilder.stored(connection, ids);
                      long bytes = 0;
                      for (WritingLedger.Entry entry : entries) {
                        try {
                          SaveRows[] read = new SaveRows[1];
                          RebuiltSave save =
                              rebuilder.rebuild(stored, migrated(entry), rows -> read[0] = rows);
                          bytes += save.blob().length;
                          if (bytes > MOST_BYTES) {
                            // They have grown since they were last written.
                            break;
                          }
                          found.put(
                              entry.saveId(),
                              new Rows(
                                  save, read[0], noted.getOrDefault(entry.saveId(), List.of())));
                        } catch (RebuildException e) {
                          // It is left out.
                        }
                      }
                      return true;
                    }));
    Map<Long, Save> made = new HashMap<>();
    found.forEach(
        (id, rows) -> {
          try {
            if (rows.save().unplaced() == null) {
              made.put(id, save(rows, false));
            }
          } catch (RefusedException | LimitException | NotWritableException e) {
            // It is left out.
          }
        });
    return made;
  }

  private static SaveRebuilder.Migrated migrated(WritingLedger.Entry entry) {
    return new SaveRebuilder.Migrated(entry.saveId(), entry.blobSha256(), entry.graphSha256());
  }

  private Rows rows(WritingLedger.Entry entry, ChangedSaves changed)
      throws SQLException, RebuildException {
    List<RebuildException> failure = new ArrayList<>();
    List<Rows> found = new ArrayList<>();
    boolean isRead =
        Retry.retrying(
            () ->
                Snapshot.read(
                    target,
                    connection -> {
                      failure.clear();
                      found.clear();
                      List<Long> entries = changed.entries(connection, entry.saveId());
                      StoredSaves stored = rebuilder.stored(connection, List.of(entry.saveId()));
                      SaveRows[] read = new SaveRows[1];
                      try {
                        RebuiltSave save =
                            rebuilder.rebuild(stored, migrated(entry), rows -> read[0] = rows);
                        found.add(new Rows(save, read[0], entries));
                      } catch (RebuildException e) {
                        failure.add(e);
                      }
                      return true;
                    }));
    if (!isRead || !failure.isEmpty()) {
      throw failure.get(0);
    }
    return found.get(0);
  }

  private Save save(Rows rows, boolean isUnedited)
      throws RefusedException, LimitException, NotWritableException {
    RebuiltSave save = rows.save();
    Restored restored = save.isEdited() ? restored(save) : isUnedited ? read(save.blob()) : null;
    SplitSave split = save.isLikeOthers() ? rebuilder.alone(save, rows.rows()) : null;
    StandAlone alone =
        split == null
            ? null
            : new StandAlone(
                restored == null ? save.blob() : restored.blob(),
                split,
                rebuilder.unfitColumns(split));
    return new Save(restored, alone, save.unplaced(), rows.entries());
  }

  private Restored restored(RebuiltSave save)
      throws RefusedException, LimitException, NotWritableException {
    byte[] blob = save.blob();
    if (save.isSigned()) {
      byte[] signed = signer == null ? null : signer.sign(blob);
      if (signed == null) {
        throw new NotWritableException(
            "changed in the tables, and the BLOB is signed: set "
                + DjangoSigner.KEY
                + " to your application's key");
      }
      blob = signed;
    }
    // It is read as its next reader will, before anything is written.
    Restored read = read(blob);
    if (!Objects.equals(read.graphSha256(), save.graphSha256())) {
      throw new NotWritableException(
          "the BLOB rebuilt from its rows decodes to something else: a defect of Picklift");
    }
    return read;
  }

  /** What a BLOB of the source says. */
  Restored read(byte[] blob) throws RefusedException, LimitException {
    BlobDecoder.Decoded decoded = decoder.decode(blob);
    Meaning meaning = decoded.meaning();
    return new Restored(
        blob,
        hex(Sha256.of(blob)),
        hex(GraphDigest.sha256(meaning)),
        decoded.unpacked().pickle().length,
        decoded.unpacked().label(),
        decoded.graph().style().protocol(),
        meaning);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
