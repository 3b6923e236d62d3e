package io.picklift.app.verify;

import io.picklift.app.database.Retry;
import io.picklift.app.database.Snapshot;
import io.picklift.app.proof.ProofTable;
import io.picklift.app.proof.SaveProof;
import io.picklift.app.proof.SourceHash;
import io.picklift.app.source.RowHashes;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.LedgerEntry;
import io.picklift.app.target.MappedTables;
import io.picklift.app.target.StoredSaves;
import io.picklift.app.target.archive.ArchivedSave;
import io.picklift.app.target.archive.DamagedArchiveException;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.tables.rows.RowsHash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Finds the saves that an earlier verification proved and that have not changed since: source, rows
 * and archive hash as they did then. Of all others it says nothing. For one thread.
 */
final class ProvenSaves {
  private final SaveSource source;
  private final DataSource target;
  private final Ledger ledger;
  private final MappedTables tables;
  private final SourceHash hash;

  ProvenSaves(
      SaveSource source, DataSource target, Ledger ledger, MappedTables tables, SourceHash hash) {
    this.source = source;
    this.target = target;
    this.ledger = ledger;
    this.tables = tables;
    this.hash = hash;
  }

  /** A save whose source has not changed since it was proven. */
  private record Candidate(SaveKey key, long saveId, SaveProof proof) {}

  Set<SaveKey> among(Collection<SaveKey> keys) throws SQLException {
    Set<SaveKey> known = Retry.retrying(() -> Snapshot.read(target, c -> withProof(c, keys)));
    if (known.isEmpty()) {
      return known;
    }
    List<RowHashes> rows = Retry.retrying(() -> source.rowHashes(List.copyOf(known)));
    return Retry.retrying(() -> Snapshot.read(target, connection -> proven(connection, rows)));
  }

  private Set<SaveKey> withProof(Connection connection, Collection<SaveKey> keys)
      throws SQLException {
    Map<SaveKey, LedgerEntry> entries = ledger.find(connection, keys);
    Map<Long, SaveProof> proofs = proofs(connection, entries);
    Set<SaveKey> known = new HashSet<>();
    entries.forEach(
        (key, entry) -> {
          if (proofs.containsKey(entry.saveId())) {
            known.add(key);
          }
        });
    return known;
  }

  private static Map<Long, SaveProof> proofs(
      Connection connection, Map<SaveKey, LedgerEntry> entries) throws SQLException {
    return ProofTable.find(
        connection,
        entries.values().stream()
            .filter(entry -> entry.status() == LedgerEntry.Status.MIGRATED)
            .map(LedgerEntry::saveId)
            .toList());
  }

  private Set<SaveKey> proven(Connection connection, List<RowHashes> rows) throws SQLException {
    List<Candidate> candidates = candidates(connection, rows);
    StoredSaves stored =
        StoredSaves.of(connection, tables, candidates.stream().map(Candidate::saveId).toList());
    Set<SaveKey> proven = new HashSet<>();
    for (Candidate candidate : candidates) {
      if (isAsProven(stored, candidate)) {
        proven.add(candidate.key());
      }
    }
    return proven;
  }

  private List<Candidate> candidates(Connection connection, List<RowHashes> rows)
      throws SQLException {
    Map<SaveKey, RowHashes> byKey = new HashMap<>();
    rows.forEach(row -> byKey.put(row.key(), row));
    // Read again, in the same snapshot as rows and archive.
    Map<SaveKey, LedgerEntry> entries = ledger.find(connection, byKey.keySet());
    Map<Long, SaveProof> proofs = proofs(connection, entries);
    List<Candidate> candidates = new ArrayList<>();
    for (RowHashes row : rows) {
      LedgerEntry entry = entries.get(row.key());
      SaveProof proof = entry == null ? null : proofs.get(entry.saveId());
      if (entry != null
          && proof != null
          && row.blob() != null
          && row.blob().equals(entry.blobSha256())
          && hash.of(row, entry.graphSha256()).equals(proof.source())) {
        candidates.add(new Candidate(row.key(), entry.saveId(), proof));
      }
    }
    return candidates;
  }

  private static boolean isAsProven(StoredSaves stored, Candidate candidate) throws SQLException {
    try {
      ArchivedSave archive = stored.archive(candidate.saveId());
      return archive != null
          && HexFormat.of().formatHex(archive.sha256()).equals(candidate.proof().archive())
          && HexFormat.of()
              .formatHex(RowsHash.of(stored.rows(candidate.saveId())))
              .equals(candidate.proof().rows());
    } catch (DamagedArchiveException | LimitException e) {
      // What is wrong is told where the save is taken apart.
      return false;
    }
  }
}
