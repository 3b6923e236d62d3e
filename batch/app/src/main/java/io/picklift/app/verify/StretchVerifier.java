package io.picklift.app.verify;

import io.picklift.app.database.Retry;
import io.picklift.app.proof.ProofTable;
import io.picklift.app.proof.SaveProof;
import io.picklift.app.report.SaveResult;
import io.picklift.app.source.SaveKey;
import io.picklift.app.verify.RoomyVerifier.Usual;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Verifies a stretch of the source: by hashes what has not changed since it was proven, by
 * rebuilding it what has. For one thread.
 */
final class StretchVerifier {
  private final DataSource target;
  private final Usual rows;
  private final Usual other;
  private final Proven proven;
  private final boolean isKept;

  /**
   * What verifying the saves of a batch gave.
   *
   * @param byHash how many had not changed since they were proven
   * @param byOtherEngine how many the other engine decoded as well
   */
  record Batch(List<SaveResult> results, long byHash, long byOtherEngine) {
    Batch {
      results = List.copyOf(results);
    }
  }

  /** Says which of some saves an earlier verification proved. */
  interface Proven {
    Set<SaveKey> among(Set<SaveKey> keys) throws SQLException;
  }

  /**
   * @param rows of saves that are rebuilt
   * @param other of saves that the other engine decodes as well
   * @param proven those that need not be looked at again
   * @param isKept whether to keep what is proven now
   */
  StretchVerifier(DataSource target, Usual rows, Usual other, Proven proven, boolean isKept) {
    this.target = target;
    this.rows = rows;
    this.other = other;
    this.proven = proven;
    this.isKept = isKept;
  }

  /**
   * Verifies.
   *
   * @param sample those of the keys that the other engine is to decode as well
   */
  Batch verify(List<SaveKey> keys, Set<SaveKey> sample) throws SQLException {
    Set<SaveKey> asked = new HashSet<>(keys);
    asked.removeAll(sample);
    Set<SaveKey> byHash = proven.among(asked);
    asked.removeAll(byHash);
    RowVerifier.Found rebuilt = rows.verify(keys.stream().filter(asked::contains).toList());
    RowVerifier.Found decoded = other.verify(keys.stream().filter(sample::contains).toList());
    keep(rebuilt.proofs(), decoded.proofs());
    return new Batch(
        inOrder(keys, byHash, rebuilt.results(), decoded.results()), byHash.size(), sample.size());
  }

  private void keep(Map<Long, SaveProof> some, Map<Long, SaveProof> others) throws SQLException {
    if (isKept) {
      Map<Long, SaveProof> proofs = new HashMap<>(some);
      proofs.putAll(others);
      Retry.retrying(
          () -> {
            try (Connection connection = target.getConnection()) {
              ProofTable.put(connection, proofs);
            }
            return proofs.size();
          });
    }
  }

  private static List<SaveResult> inOrder(
      List<SaveKey> keys, Set<SaveKey> byHash, List<SaveResult> rebuilt, List<SaveResult> decoded) {
    Map<String, SaveResult> results = new HashMap<>();
    rebuilt.forEach(result -> results.put(result.key(), result));
    decoded.forEach(result -> results.put(result.key(), result));
    List<SaveResult> ordered = new ArrayList<>();
    for (SaveKey key : keys) {
      SaveResult result =
          byHash.contains(key)
              ? new SaveResult(key.text(), SaveResult.Status.EQUAL, "", List.of())
              : results.get(key.text());
      if (result != null) {
        ordered.add(result);
      }
    }
    return ordered;
  }
}
