package io.picklift.app.verify;

import io.picklift.app.database.Retry;
import io.picklift.app.database.Snapshot;
import io.picklift.app.proof.SaveProof;
import io.picklift.app.report.SaveResult;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.source.SaveCursor;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.SourceRow;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.LedgerEntry;
import io.picklift.app.target.StoredSaves;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of the source and verifies them. What the target has is read as it was at one moment;
 * a row that had moved between the look at the source and the one at the target is read again. For
 * one thread.
 */
final class RowVerifier {
  /** A save that moves all the time is told as what it was at the last look. */
  private static final int MOST_LOOKS = 4;

  private final SaveSource source;
  private final DataSource target;
  private final Ledger ledger;
  private final SaveVerifier verifier;
  private final Reading reading;

  /** Reads the rows of keys, with their copies. */
  interface Reading {
    SaveBatch read(Collection<SaveKey> keys) throws SQLException;
  }

  RowVerifier(SaveSource source, DataSource target, Ledger ledger, SaveVerifier verifier) {
    this(source, target, ledger, verifier, keys -> SaveCursor.read(source, keys, true));
  }

  RowVerifier(
      SaveSource source, DataSource target, Ledger ledger, SaveVerifier verifier, Reading reading) {
    this.reading = reading;
    this.source = source;
    this.target = target;
    this.ledger = ledger;
    this.verifier = verifier;
  }

  /**
   * What was found.
   *
   * @param proofs by save id, of those with nothing to say
   */
  record Found(List<SaveResult> results, Map<Long, SaveProof> proofs) {
    static final Found NOTHING = new Found(List.of(), Map.of());
  }

  /** One look at a key: what the ledger and the source had, and what came of it. */
  private record Look(
      @Nullable LedgerEntry entry,
      @Nullable String blob,
      SaveResult result,
      @Nullable SaveProof proof) {}

  /** Verifies the rows of these keys; the results are in the order of the keys. */
  Found verify(Collection<SaveKey> keys) throws SQLException {
    Map<SaveKey, Look> looks = new LinkedHashMap<>();
    Collection<SaveKey> open = keys;
    for (int look = 1; look <= MOST_LOOKS && !open.isEmpty(); look++) {
      Map<SaveKey, Look> latest = look(open);
      looks.keySet().removeAll(open);
      looks.putAll(latest);
      open = moved(looks, open);
    }
    List<SaveResult> results = new ArrayList<>();
    Map<Long, SaveProof> proofs = new HashMap<>();
    for (SaveKey key : keys) {
      Look look = looks.get(key);
      if (look != null) {
        results.add(look.result());
        if (look.proof() != null && look.entry() != null) {
          proofs.put(look.entry().saveId(), look.proof());
        }
      }
    }
    return new Found(results, proofs);
  }

  private Map<SaveKey, Look> look(Collection<SaveKey> keys) throws SQLException {
    SaveBatch batch = reading.read(keys);
    return verify(batch);
  }

  /** Verifies rows that were read. */
  private Map<SaveKey, Look> verify(SaveBatch batch) throws SQLException {
    return Retry.retrying(() -> Snapshot.read(target, connection -> verify(connection, batch)));
  }

  private Map<SaveKey, Look> verify(Connection connection, SaveBatch batch) throws SQLException {
    Map<SaveKey, LedgerEntry> known =
        ledger.find(
            connection,
            Stream.concat(batch.rows().stream().map(SourceRow::key), batch.lost().stream())
                .toList());
    Map<SaveKey, Look> looks = new LinkedHashMap<>();
    StoredSaves stored = verifier.stored(connection, ids(batch, known));
    for (SourceRow row : batch.rows()) {
      LedgerEntry entry = known.get(row.key());
      SaveVerifier.Verified verified = verifier.verify(connection, stored, entry, row);
      looks.put(
          row.key(), new Look(entry, verified.blobSha256(), verified.result(), verified.proof()));
    }
    for (SaveKey key : batch.lost()) {
      // What the target has of a row that is gone is told where all such saves are.
      if (known.get(key) == null) {
        looks.put(key, new Look(null, null, SaveVerifier.lost(key), null));
      }
    }
    return looks;
  }

  private static List<Long> ids(SaveBatch batch, Map<SaveKey, LedgerEntry> known) {
    return batch.rows().stream()
        .map(row -> known.get(row.key()))
        .filter(entry -> entry != null && entry.status() == LedgerEntry.Status.MIGRATED)
        .map(LedgerEntry::saveId)
        .toList();
  }

  /** Of these, the keys that source and ledger did not agree on, and that have moved since. */
  private List<SaveKey> moved(Map<SaveKey, Look> looks, Collection<SaveKey> keys)
      throws SQLException {
    List<SaveKey> open = new ArrayList<>();
    for (SaveKey key : keys) {
      Look look = looks.get(key);
      if (look != null && isOpen(look.result().status())) {
        open.add(key);
      }
    }
    if (open.isEmpty()) {
      return open;
    }
    Map<SaveKey, String> hashes = Retry.retrying(() -> source.hashes(open));
    Map<SaveKey, LedgerEntry> entries =
        Retry.retrying(() -> Snapshot.read(target, connection -> ledger.find(connection, open)));
    open.removeIf(
        key -> {
          Look look = Objects.requireNonNull(looks.get(key));
          String before = look.blob() == null ? "" : look.blob();
          return before.equals(hashes.getOrDefault(key, ""))
              && Objects.equals(look.entry(), entries.get(key));
        });
    return open;
  }

  private static boolean isOpen(SaveResult.Status status) {
    return status == SaveResult.Status.CHANGED || status == SaveResult.Status.MISSING;
  }
}
