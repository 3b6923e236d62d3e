package io.picklift.app.verify;

import io.picklift.app.source.SaveKey;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies saves of a sample, which the engine in Python decodes. One for all threads: an
 * interpreter takes long to start, and a sample is small.
 */
final class OtherEngine {
  private final Supplier<RowVerifier> maker;
  private @Nullable RowVerifier verifier;

  OtherEngine(Supplier<RowVerifier> maker) {
    this.maker = maker;
  }

  synchronized RowVerifier.Found verify(List<SaveKey> keys) throws SQLException {
    if (keys.isEmpty()) {
      return RowVerifier.Found.NOTHING;
    }
    RowVerifier made = verifier;
    if (made == null) {
      made = maker.get();
      verifier = made;
    }
    return made.verify(keys);
  }
}
