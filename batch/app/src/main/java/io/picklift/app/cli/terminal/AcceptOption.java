package io.picklift.app.cli.terminal;

import io.picklift.app.accept.AcceptFile;
import io.picklift.app.accept.AcceptList;
import io.picklift.app.config.Config;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What may be found without complaint. */
public final class AcceptOption {
  @Option(
      names = "--accept",
      paramLabel = "FILE",
      description = "File of accepted findings; default: 'accept' of the configuration.")
  private @Nullable Path file;

  /** The file's list; an empty one where no file is named. */
  public AcceptList of(Config config) {
    Path named = file == null ? config.accept() : file;
    return named == null
        ? AcceptList.none()
        : AcceptFile.read(named, Clock.system(ZoneId.systemDefault()));
  }
}
