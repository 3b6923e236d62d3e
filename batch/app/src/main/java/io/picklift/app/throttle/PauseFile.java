package io.picklift.app.throttle;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that makes a run wait while it is there. */
final class PauseFile implements Gauge {
  private final Path file;

  PauseFile(Path file) {
    this.file = file;
  }

  @Override
  public String name() {
    return "pause_file";
  }

  @Override
  public String needs() {
    return "";
  }

  @Override
  public @Nullable String hold() {
    return Files.exists(file) ? "there is " + file : null;
  }
}
