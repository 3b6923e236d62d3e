package io.picklift.app.evolve;

import io.picklift.app.account.UnfitValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of an evolve.
 *
 * @param isDone whether the target has the mapping now
 * @param saves how many saves this run took apart anew
 * @param failed how many saves cannot be taken along; then nothing has changed
 * @param reasons why some of these cannot, and why no new save can be made in the tables from now
 *     on, a line each
 * @param unfit how many values no column of the new mapping can hold, by the column that is NULL
 * @param message what there is to say of the whole
 */
public record EvolveResult(
    boolean isDone,
    long saves,
    long failed,
    List<String> reasons,
    Map<String, UnfitValues> unfit,
    String message) {
  public EvolveResult {
    reasons = List.copyOf(reasons);
    unfit = new LinkedHashMap<>(unfit);
  }
}
