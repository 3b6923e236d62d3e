package io.picklift.app.control;

import java.util.List;

/**
 * A command that is to be done by the process that follows the log.
 *
 * @param arguments the command's name and its options
 */
public record Errand(long id, MappingPrint mapping, List<String> arguments) {
  /** What the command is called. */
  public String name() {
    return arguments.isEmpty() ? "" : arguments.get(0);
  }
}
