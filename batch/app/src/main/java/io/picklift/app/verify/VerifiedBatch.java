package io.picklift.app.verify;

import io.picklift.app.report.SaveResult;
import java.util.List;

/**
 * What verifying the saves of a batch gave.
 *
 * @param byHash how many had not changed since they were proven
 * @param byOtherEngine how many the other engine decoded as well
 */
record VerifiedBatch(List<SaveResult> results, long byHash, long byOtherEngine) {
  VerifiedBatch {
    results = List.copyOf(results);
  }
}
