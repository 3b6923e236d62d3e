package io.picklift.app.verify;

import io.picklift.app.decode.Refusal;
import io.picklift.app.memory.LastResort;
import io.picklift.app.proof.SaveProof;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.source.SaveKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies rows with others being verified at the same time; those that there was not enough memory
 * for are verified again one by one, with nothing else at work and with the whole heap's limits.
 * One that is too large even so is told as not proven. For any thread.
 */
final class RoomyVerifier {
  private final LastResort lastResort;
  private final Supplier<Usual> maker;

  /** Used by who is alone. */
  private @Nullable Usual large;

  /** Verifies the rows of some keys. */
  interface Usual {
    RowVerifier.Found verify(List<SaveKey> keys) throws SQLException;
  }

  /**
   * @param lastResort one for all that verify at a time
   * @param maker of what verifies a save with nothing else at work
   */
  RoomyVerifier(LastResort lastResort, Supplier<Usual> maker) {
    this.lastResort = lastResort;
    this.maker = maker;
  }

  RowVerifier.Found verify(Usual usual, List<SaveKey> keys) throws SQLException {
    RowVerifier.Found found = lastResort.beside(() -> usual.verify(keys));
    Map<String, SaveResult> results = new LinkedHashMap<>();
    if (found != null) {
      found.results().forEach(result -> results.put(result.key(), result));
    }
    List<SaveKey> again = new ArrayList<>(keys);
    if (found != null) {
      again.removeIf(
          key -> {
            SaveResult result = results.get(key.text());
            return result == null || !result.lacksMemory();
          });
      if (again.isEmpty()) {
        return found;
      }
    }
    Map<Long, SaveProof> proofs = new HashMap<>(found == null ? Map.of() : found.proofs());
    for (SaveKey key : again) {
      RowVerifier.Found one = lastResort.alone(() -> large().verify(List.of(key)));
      if (one == null) {
        results.put(key.text(), unproven(key));
      } else {
        one.results().forEach(result -> results.put(result.key(), result));
        proofs.putAll(one.proofs());
      }
    }
    return new RowVerifier.Found(List.copyOf(results.values()), proofs);
  }

  private Usual large() {
    Usual made = large;
    if (made == null) {
      made = maker.get();
      large = made;
    }
    return made;
  }

  private static SaveResult unproven(SaveKey key) {
    return new SaveResult(
        key.text(),
        SaveResult.Status.UNPROVEN,
        "",
        List.of(Finding.unproven(Refusal.outOfMemory().message())));
  }
}
