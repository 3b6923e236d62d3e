package io.picklift.app.database;

/** A heap that is too small for what is to be done. */
public final class OutOfMemory {
  private OutOfMemory() {}

  /** Whether this is for lack of memory: the driver may make an exception of the error. */
  public static boolean is(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }
}
