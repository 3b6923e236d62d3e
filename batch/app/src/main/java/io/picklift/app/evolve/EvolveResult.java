package io.picklift.app.evolve;

import java.util.List;

/**
 * What became of an evolve.
 *
 * @param isDone whether the target has the mapping now
 * @param saves how many saves this run took apart anew
 * @param failed how many saves cannot be taken along; then nothing has changed
 * @param reasons why some of these cannot, and why no new save can be made in the tables from now
 *     on, a line each
 * @param message what there is to say of the whole
 */
public record EvolveResult(
    boolean isDone, long saves, long failed, List<String> reasons, String message) {
  public EvolveResult {
    reasons = List.copyOf(reasons);
  }
}
