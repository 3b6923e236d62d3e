package io.picklift.app.workers.lease;

import java.util.List;

/**
 * What an attempt at a range leaves behind beside saves.
 *
 * @param conflicts keys of saves that were left as they are, since their rows were edited
 * @param counts what its pass counted, as the run writes it
 */
public record LeaseResult(List<String> conflicts, String counts) {
  /** Nothing. */
  public static final LeaseResult NONE = new LeaseResult(List.of(), "");

  public LeaseResult {
    conflicts = List.copyOf(conflicts);
  }
}
