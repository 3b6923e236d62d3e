package io.picklift.app.verify;

import io.picklift.app.source.SaveCursor;
import io.picklift.app.source.SaveKey;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/** Verifiers of stretches, one for each thread that verifies, made when needed. For any thread. */
final class StretchVerifiers {
  private final Supplier<StretchVerifier> maker;
  private final Queue<StretchVerifier> free = new ConcurrentLinkedQueue<>();

  StretchVerifiers(Supplier<StretchVerifier> maker) {
    this.maker = maker;
  }

  /**
   * Verifies a stretch.
   *
   * @param sample whether the other engine decodes the save at that place as well
   */
  StretchVerifier.Batch verify(SaveCursor.Stretch stretch, LongPredicate sample)
      throws SQLException {
    Set<SaveKey> sampled = new HashSet<>();
    for (SaveCursor.Place place : stretch.wanted()) {
      if (sample.test(place.order())) {
        sampled.add(place.key());
      }
    }
    StretchVerifier taken = free.poll();
    StretchVerifier verifier = taken == null ? maker.get() : taken;
    StretchVerifier.Batch batch = verifier.verify(stretch.keys(), sampled);
    free.add(verifier);
    return batch;
  }
}
