package io.picklift.app.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The section {@code on} of a configuration: commands to run after a run of a job. Each is a list
 * of words, empty for none.
 *
 * @param finished after a run that came to its end
 * @param failed after one that could not finish
 * @param quarantined after one that put saves into quarantine
 */
public record HookConfig(List<String> finished, List<String> failed, List<String> quarantined) {
  static final Set<String> KEYS = new LinkedHashSet<>(List.of("finished", "failed", "quarantined"));

  /** Nothing is run. */
  public static final HookConfig NONE = new HookConfig(List.of(), List.of(), List.of());

  public HookConfig {
    finished = List.copyOf(finished);
    failed = List.copyOf(failed);
    quarantined = List.copyOf(quarantined);
  }

  static HookConfig read(Section section) {
    return new HookConfig(
        command(section, "finished"), command(section, "failed"), command(section, "quarantined"));
  }

  /** A text is a line for the shell, a list is a program and its arguments. */
  private static List<String> command(Section section, String key) {
    if (!section.has(key)) {
      return List.of();
    }
    List<String> words = section.texts(key);
    if (words.get(0).isBlank()) {
      throw section.error(key, "'" + key + "' is an empty command");
    }
    List<String> command = new ArrayList<>();
    if (section.isText(key)) {
      command.addAll(List.of("/bin/sh", "-c"));
    }
    command.addAll(words);
    return command;
  }

  public boolean isEmpty() {
    return finished.isEmpty() && failed.isEmpty() && quarantined.isEmpty();
  }
}
