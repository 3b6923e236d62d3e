package io.picklift.app.evolve;

/** Is told how far an evolve is; for those who watch it, and tests that end it there. */
public interface Moments {
  /** Tells nobody. */
  Moments NONE = name -> {};

  /** Something is about to be done. */
  void at(String name);

  /** So many saves were taken apart by this run. */
  default void said(long saves) {}
}
