package io.picklift.schema.tables.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Words that MySQL or MariaDB takes for a name in backticks alone, in small letters. */
public final class ReservedWords {
  private static final String FILE = "reserved-words.txt";

  private static final Set<String> WORDS = read();

  private ReservedWords() {}

  public static boolean contains(String name) {
    return WORDS.contains(name);
  }

  private static Set<String> read() {
    try (InputStream in = ReservedWords.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return Set.of(text.split("\\s+"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
