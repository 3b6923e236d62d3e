package io.picklift.app.cli.terminal;

/** The top-level command as its subcommands see it: it owns the terminal. */
public interface TerminalOwner {
  /** Where this process writes. */
  Terminal terminal();
}
