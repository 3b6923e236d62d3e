package io.picklift.schema.profile;

/** How often one place holds objects of one class. */
public final class ReferenceCount {
  public long count;
  public long owned;
  public long wrapped;
  public long held;
  public long heldAlone;

  ReferenceCount() {}

  void merge(ReferenceCount other) {
    count += other.count;
    owned += other.owned;
    wrapped += other.wrapped;
    held += other.held;
    heldAlone += other.heldAlone;
  }

  public long count() {
    return count;
  }

  /** Of these, objects that nothing else refers to. */
  public long owned() {
    return owned;
  }

  /**
   * Of these, calls and objects that count as what they hold: of one plain argument, like members
   * of an enum, and containers without attributes.
   */
  public long wrapped() {
    return wrapped;
  }

  /** Of these, containers whose members are told with the place. */
  public long held() {
    return held;
  }

  /** Of those that are {@link #held}, containers without attributes. */
  public long heldAlone() {
    return heldAlone;
  }
}
