package io.picklift.app.cli.terminal;

/** Ends a command with one clear line and an exit status. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private CommandException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Something that somebody has to look at. */
  public static CommandException look(String message) {
    return new CommandException(ExitStatus.LOOK, message);
  }

  /** Wrong command line or configuration. */
  public static CommandException usage(String message) {
    return new CommandException(ExitStatus.USAGE, message);
  }

  /** Something outside, like a full disk, kept the command from finishing. */
  public static CommandException unfinished(String message) {
    return new CommandException(ExitStatus.UNFINISHED, message);
  }

  public int status() {
    return status;
  }
}
