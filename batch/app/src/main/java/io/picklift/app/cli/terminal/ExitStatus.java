package io.picklift.app.cli.terminal;

/** The exit statuses, as {@code batch/COMMANDS.md} promises them. */
public final class ExitStatus {
  /** Done, nothing to object to. */
  public static final int DONE = 0;

  /**
   * Done, and there is something to look at: a refused or quarantined save, a difference, drift.
   */
  public static final int LOOK = 1;

  /** Wrong command line or configuration; nothing was started. */
  public static final int USAGE = 2;

  /** Could not finish; what was committed stays, and the same command goes on. */
  public static final int UNFINISHED = 3;

  private ExitStatus() {}
}
