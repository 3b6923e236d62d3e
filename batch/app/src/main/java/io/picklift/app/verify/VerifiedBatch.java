package io.picklift.app.verify;

import io.picklift.app.report.SaveResult;
import java.util.List;

/** What verifying the saves of a batch gave. */
public record VerifiedBatch(List<SaveResult> results) {
  public VerifiedBatch {
    results = List.copyOf(results);
  }
}
