package io.picklift.app.verify;

import io.picklift.app.decode.Refusal;
import io.picklift.app.memory.LastResort;
import io.picklift.app.poison.SavesInHand;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.source.SaveCursor.Place;
import io.picklift.app.source.SaveCursor.Stretch;
import io.picklift.app.source.SaveKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Verifies stretches in a process that one of the saves may end. What is in hand is noted before. A
 * save that a process died with is verified with nothing else at work, and one that three processes
 * died of alone is not verified again. For any thread.
 */
final class WatchedStretches {
  private final StretchVerifiers verifiers;
  private final LastResort lastResort;

  /**
   * @param lastResort the one that the verifiers have
   */
  WatchedStretches(StretchVerifiers verifiers, LastResort lastResort) {
    this.verifiers = verifiers;
    this.lastResort = lastResort;
  }

  /**
   * Verifies a stretch.
   *
   * @param sample whether the other engine decodes the save at that place as well
   * @param inHand of this attempt
   */
  StretchVerifier.Batch verify(Stretch stretch, LongPredicate sample, SavesInHand inHand)
      throws SQLException {
    List<SaveKey> keys = stretch.keys();
    inHand.hold(inHand.slot(), keys, false);
    List<Place> suspects =
        stretch.wanted().stream().filter(place -> inHand.isSuspect(place.key())).toList();
    if (suspects.isEmpty()) {
      return verifiers.verify(stretch, sample);
    }
    List<StretchVerifier.Batch> all = new ArrayList<>();
    List<Place> others = new ArrayList<>(stretch.wanted());
    others.removeAll(suspects);
    if (!others.isEmpty()) {
      all.add(verifiers.verify(of(stretch, others), sample));
    }
    for (Place one : suspects) {
      if (inHand.isPoison(one.key())) {
        all.add(unproven(one.key(), Finding.poison()));
      } else {
        all.add(alone(of(stretch, List.of(one)), sample, inHand));
        inHand.hold(inHand.slot(), keys, false);
      }
    }
    return joined(keys, all);
  }

  private StretchVerifier.Batch alone(Stretch one, LongPredicate sample, SavesInHand inHand)
      throws SQLException {
    StretchVerifier.Batch batch =
        lastResort.alone(
            () -> {
              inHand.hold(inHand.slot(), one.keys(), true);
              return verifiers.verify(one, sample);
            });
    return batch == null
        ? unproven(one.keys().get(0), Finding.unproven(Refusal.outOfMemory().message()))
        : batch;
  }

  private static Stretch of(Stretch whole, List<Place> some) {
    return new Stretch(some, some.size(), whole.last(), 0);
  }

  private static StretchVerifier.Batch unproven(SaveKey key, Finding why) {
    SaveResult result = new SaveResult(key.text(), SaveResult.Status.UNPROVEN, "", List.of(why));
    return new StretchVerifier.Batch(List.of(result), 0, 0);
  }

  private static StretchVerifier.Batch joined(List<SaveKey> keys, List<StretchVerifier.Batch> all) {
    Map<String, SaveResult> results = new HashMap<>();
    long byHash = 0;
    long byOtherEngine = 0;
    for (StretchVerifier.Batch batch : all) {
      batch.results().forEach(result -> results.put(result.key(), result));
      byHash += batch.byHash();
      byOtherEngine += batch.byOtherEngine();
    }
    List<SaveResult> ordered = new ArrayList<>();
    for (SaveKey key : keys) {
      SaveResult result = results.get(key.text());
      if (result != null) {
        ordered.add(result);
      }
    }
    return new StretchVerifier.Batch(ordered, byHash, byOtherEngine);
  }
}
