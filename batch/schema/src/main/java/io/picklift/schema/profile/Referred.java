package io.picklift.schema.profile;

/** How often one place holds objects of one class. */
public final class Referred {
  long count;
  long owned;
  long wrapped;

  Referred() {}

  void merge(Referred other) {
    count += other.count;
    owned += other.owned;
    wrapped += other.wrapped;
  }

  public long count() {
    return count;
  }

  /** Of these, objects that nothing else refers to. */
  public long owned() {
    return owned;
  }

  /**
   * Of these, calls and objects of one plain argument, like members of an enum: they count as it.
   */
  public long wrapped() {
    return wrapped;
  }
}
