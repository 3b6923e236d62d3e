package io.picklift.app.view;

/** A number of saves at the beginning of a sentence: {@code 1 save is}, {@code 2 saves are}. */
public final class SaveCount {
  private SaveCount() {}

  /** With what follows after one, and after any other number. */
  public static String of(long count, String one, String others) {
    return count == 1 ? "1 save " + one : count + " saves " + others;
  }

  public static String are(long count) {
    return of(count, "is", "are");
  }

  public static String were(long count) {
    return of(count, "was", "were");
  }
}
