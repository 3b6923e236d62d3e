package io.picklift.app.export;

import io.picklift.app.file.WholeFile;
import io.picklift.schema.export.ProtoLock;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.report.ProfileFiles;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The file beside a mapping in which profile and export keep the numbers of the messages' fields.
 */
public final class FieldNumbers {
  private final Path file;

  public FieldNumbers(Path mappingFile, Mapping mapping) {
    file = mappingFile.resolveSibling(ProfileFiles.lockName(mapping));
  }

  /**
   * The numbers that fields have by now; none where there is no file.
   *
   * @throws ConfigurationException if the file cannot be read
   */
  public ProtoLock read() {
    try {
      String text = WholeFile.textOf(file);
      return text.isEmpty()
          ? ProtoLock.empty()
          : ProtoLock.parse(String.valueOf(file.getFileName()), text);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new ConfigurationException(file + " cannot be read: " + e.getMessage());
    }
  }

  /**
   * Writes the numbers, before any message has them: the next export has to know them, or a reader
   * of this export would take one field for another.
   *
   * @throws ConfigurationException if the file cannot be written
   */
  public void keep(ProtoLock lock) throws IOException {
    if (lock.text().equals(WholeFile.textOf(file))) {
      return;
    }
    try {
      WholeFile.write(file.toAbsolutePath(), lock.text());
    } catch (IOException e) {
      throw new ConfigurationException(
          file
              + " cannot be written, and export keeps the messages' field numbers there: "
              + e.getMessage()
              + "; put the mapping into a folder that can be written, or take --format ndjson");
    }
  }
}
