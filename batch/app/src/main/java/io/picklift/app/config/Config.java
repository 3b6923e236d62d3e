package io.picklift.app.config;

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
 */
public record Config(
    SourceConfig source,
    @Nullable Database target,
    @Nullable Path mapping,
    @Nullable Path accept,
    List<Path> adapters,
    RunConfig run,
    List<CompanionConfig> companions) {
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

  /** The mapping file, for a command that cannot do without. */
  public Path requireMapping() {
    if (mapping == null) {
      throw new ConfigurationException("the configuration has no 'mapping'");
    }
    return mapping;
  }
}
