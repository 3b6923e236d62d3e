package io.picklift.app.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a file whole or not at all: as {@code .NAME.part} beside it, which is then moved. What a
 * killed process left behind is overwritten.
 */
public final class WholeFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private WholeFile() {}

  /**
   * What goes into a file.
   *
   * @param <E> what it throws besides {@link IOException}
   */
  public interface Content<E extends Exception> {
    void writeTo(OutputStream out) throws E, IOException;
  }

  /**
   * Writes a file; one that is there is replaced.
   *
   * @throws IOException if it cannot be written; the message names the file
   */
  public static <E extends Exception> void write(Path file, Content<E> content)
      throws E, IOException {
    Path partial = partial(file);
    try {
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(partial), BUFFER_BYTES)) {
        content.writeTo(out);
      }
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // The system's own words for a full disk name no file.
      throw new IOException(file + ": " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /**
   * Writes text as UTF-8.
   *
   * @throws IOException if it cannot be written; the message names the file
   */
  public static void write(Path file, String text) throws IOException {
    WholeFile.<IOException>write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The name under which a file is written until it is whole. */
  public static Path partial(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".part");
  }

  /** The text of a file; empty where there is none. */
  public static String textOf(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
  }
}
