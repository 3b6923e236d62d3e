package io.picklift.app.config;

import io.picklift.schema.draft.DocumentMapping;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration.
 *
 * @param target where to; null where only the source is given
 * @param mapping the mapping file; null where not given
 * @param accept what verifying may find without complaint; null where not given
 * @param adapters the user's Python files, in the order in which they are to be loaded
 * @param run how runs behave
 * @param companions tables beside the saves that are copied
 * @param document what each save becomes one document of; null where a mapping file says it
 * @param monitor where a resident process tells how it is; null where it does not
 * @param hooks commands to run after a run
 * @param isBaseKept whether the target keeps each BLOB as source and tables agreed on it last
 */
public record Config(
    SourceConfig source,
    @Nullable Database target,
    @Nullable Path mapping,
    @Nullable Path accept,
    List<Path> adapters,
    RunConfig run,
    List<CompanionConfig> companions,
    @Nullable DocumentMapping document,
    @Nullable MonitorConfig monitor,
    HookConfig hooks,
    boolean isBaseKept) {
  public Config {
    adapters = List.copyOf(adapters);
    companions = List.copyOf(companions);
  }

  /** The target, for a command that cannot do without. */
  public Database requireTarget() {
    if (target == null) {
      throw new ConfigurationException("the configuration has no 'target'");
    }
    return target;
  }

  /** The column of the source's table that documents go into; null for none. */
  public @Nullable String beside() {
    return document != null && document.isBeside() ? document.column() : null;
  }

  /** The mapping file, for a command that cannot do without. */
  public Path requireMapping() {
    if (document != null) {
      throw new ConfigurationException(
          "'mapping: document' has no mapping file, which this command needs");
    }
    if (mapping == null) {
      throw new ConfigurationException("the configuration has no 'mapping'");
    }
    return mapping;
  }
}
