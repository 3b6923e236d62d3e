package io.picklift.bench.chaos;

/**
 * A fault, and when it comes.
 *
 * @param at the share of the packets that an undisturbed run sends, from 0 to 1
 * @param millis how long it lasts
 */
record Fault(FaultKind kind, double at, int millis) {
  @Override
  public String toString() {
    return "%s at %.2f for %d ms".formatted(kind, at, millis);
  }
}
