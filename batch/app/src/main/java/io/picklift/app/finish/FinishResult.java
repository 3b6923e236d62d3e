package io.picklift.app.finish;

import io.picklift.app.finish.archive.Manifest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a finish did.
 *
 * @param isDone whether nothing of Picklift is left in the target
 * @param manifest of the archive; null where there is none
 * @param sha256 of the archive, in lower-case hex; empty where there is none
 * @param problems why not, a line each
 * @param isHalfDone whether foreign keys were moved, or tables dropped, all the same
 */
public record FinishResult(
    boolean isDone,
    @Nullable Manifest manifest,
    String sha256,
    List<String> problems,
    boolean isHalfDone) {
  public FinishResult {
    problems = List.copyOf(problems);
  }

  static FinishResult done(Manifest manifest, String sha256) {
    return new FinishResult(true, manifest, sha256, List.of(), false);
  }

  static FinishResult not(List<String> problems) {
    return new FinishResult(false, null, "", problems, false);
  }

  static FinishResult halfDone(List<String> problems) {
    return new FinishResult(false, null, "", problems, true);
  }
}
