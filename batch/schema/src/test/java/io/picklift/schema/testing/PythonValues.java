package io.picklift.schema.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Pickles of single values and what real Python says of them: files of {@code
 * src/test/resources/values}, which scripts of {@code src/test/python} made.
 *
 * @param name of the case, with the Python that made it
 * @param says what Python says, one text a question
 */
public record PythonValues(String name, int protocol, byte[] pickle, List<String> says) {
  public static List<PythonValues> of(String file) {
    InputStream in = PythonValues.class.getResourceAsStream("/values/" + file);
    if (in == null) {
      throw new IllegalStateException("no file " + file);
    }
    try (Stream<PythonValues> values = of(file, in)) {
      return values.toList();
    }
  }

  /** Those of any file, one after the other; to be closed. */
  public static Stream<PythonValues> of(Path file) {
    try {
      return of(file.toString(), Files.newInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<PythonValues> of(String name, InputStream in) {
    try {
      InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in;
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
      return lines
          .lines()
          .map(PythonValues::read)
          .onClose(
              () -> {
                try {
                  lines.close();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PythonValues read(String line) {
    String[] parts = line.split("\t", -1);
    return new PythonValues(
        parts[0],
        Integer.parseInt(parts[1]),
        HexFormat.of().parseHex(parts[2]),
        List.of(parts).subList(3, parts.length));
  }

  @Override
  public String toString() {
    return name + " at protocol " + protocol;
  }
}
