package io.picklift.app.job;

import io.picklift.app.report.SaveResult;
import java.util.List;

/** What verifying the saves of a batch gave. */
record VerifiedBatch(List<SaveResult> results) {
  VerifiedBatch {
    results = List.copyOf(results);
  }
}
