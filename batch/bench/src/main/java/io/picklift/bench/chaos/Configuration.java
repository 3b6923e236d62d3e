package io.picklift.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The {@code picklift.yaml} and {@code mapping.yaml} of a run. */
final class Configuration {
  private Configuration() {}

  /** Writes both; deadlines are short, so that a run is. */
  static void write(Path folder, int port, String source, String target) throws IOException {
    Files.write(folder.resolve("mapping.yaml"), World.mapping());
    String server = "jdbc:mysql://127.0.0.1:" + port + "/";
    Files.writeString(
        folder.resolve("picklift.yaml"),
        """
        source:
          url: %1$s%2$s?sslMode=DISABLED
          username: test
          password: test
          table: saves
          key: id
          blob: data
        target:
          url: %1$s%3$s?sslMode=DISABLED
          username: test
          password: test
        mapping: mapping.yaml
        run: {deadline: 30, timeout: 5, max_deleted: 100%%}
        """
            .formatted(server, source, target));
  }
}
