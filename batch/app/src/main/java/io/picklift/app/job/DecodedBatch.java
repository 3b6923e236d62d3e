package io.picklift.app.job;

import io.picklift.app.decode.SaveOutcome;
import java.util.List;

/** What decoding the saves of a batch gave, in the key's order. */
record DecodedBatch(List<SaveOutcome> outcomes) {
  DecodedBatch {
    outcomes = List.copyOf(outcomes);
  }
}
