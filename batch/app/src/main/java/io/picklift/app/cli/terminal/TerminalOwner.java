package io.picklift.app.cli.terminal;

/** The command line as its commands see it. */
public interface TerminalOwner {
  /** Where this process writes. */
  Terminal terminal();
}
