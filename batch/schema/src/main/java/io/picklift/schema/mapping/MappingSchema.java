package io.picklift.schema.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema of {@code mapping.yaml}, by which editors complete and check it. */
public final class MappingSchema {
  /** Not {@code mapping.schema.json}, which some file systems take for a class called Mapping's. */
  public static final String FILE = "mapping-schema.json";

  /** The first line of a mapping beside {@link #FILE}, for editors with a YAML language server. */
  public static final String MODELINE = "yaml-language-server: $schema=" + FILE;

  private MappingSchema() {}

  /** The schema's text. */
  public static String text() {
    try (InputStream in = MappingSchema.class.getResourceAsStream("mapping.schema.json")) {
      if (in == null) {
        throw new IllegalStateException("mapping.schema.json");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
