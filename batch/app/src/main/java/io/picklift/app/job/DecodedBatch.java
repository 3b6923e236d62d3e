package io.picklift.app.job;

import java.util.List;

/** What decoding the saves of a batch gave, in the key's order. */
record DecodedBatch(List<Outcome> outcomes) {
  DecodedBatch {
    outcomes = List.copyOf(outcomes);
  }
}
