package io.picklift.app.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The findings of a previous {@code report.json}, by their fingerprints. */
public final class EarlierFindings {
  private final String name;
  private final Set<String> fingerprints;
  private final long notListed;

  private EarlierFindings(String name, Set<String> fingerprints, long notListed) {
    this.name = name;
    this.fingerprints = fingerprints;
    this.notListed = notListed;
  }

  /**
   * Reads a report.
   *
   * @throws IOException if it cannot be read, or is no report of version 2
   */
  public static EarlierFindings read(Path file) throws IOException {
    Set<String> fingerprints = new HashSet<>();
    int version = 0;
    long notListed = 0;
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token == JsonToken.FIELD_NAME) {
          String field = parser.currentName();
          JsonToken value = parser.nextToken();
          if (value.isStructStart()) {
            depth++;
          } else if (depth == 1 && field.equals("version")) {
            version = parser.getIntValue();
          } else if (depth == 1 && field.equals("savesNotListed")) {
            notListed = parser.getLongValue();
          } else if (field.equals("fingerprint")) {
            fingerprints.add(parser.getText());
          }
        }
      }
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new IOException(file + ": is no report: " + e.getOriginalMessage(), e);
    }
    if (version != 2) {
      throw new IOException(file + ": is no report.json of version 2");
    }
    return new EarlierFindings(String.valueOf(file), fingerprints, notListed);
  }

  String name() {
    return name;
  }

  /** Saves with findings that the report only counts: nobody knows whether theirs are new. */
  long notListed() {
    return notListed;
  }

  boolean has(String fingerprint) {
    return fingerprints.contains(fingerprint);
  }

  int size() {
    return fingerprints.size();
  }
}
