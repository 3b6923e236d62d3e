package io.picklift.samples.baolife;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is to become of the fixture's rows: {@code expected.json}, which CPython wrote. */
final class Expected {
  private static final JsonNode FILE = read();

  private Expected() {}

  /** The rows by id. */
  static SortedMap<String, JsonNode> rows() {
    SortedMap<String, JsonNode> rows = new TreeMap<>();
    for (Map.Entry<String, JsonNode> row : FILE.get("rows").properties()) {
      rows.put(row.getKey(), row.getValue());
    }
    return rows;
  }

  /** One row. */
  static JsonNode row(String id) {
    return Objects.requireNonNull(FILE.get("rows").get(id), id);
  }

  /** The rows of this outcome, by id. */
  static SortedMap<String, JsonNode> rows(String outcome) {
    SortedMap<String, JsonNode> rows = rows();
    rows.values().removeIf(row -> !row.get("outcome").asText().equals(outcome));
    return rows;
  }

  static int total(String name) {
    return FILE.get("totals").get(name).asInt();
  }

  /** Rows that each table gets from all saves. */
  static SortedMap<String, Integer> tableRows() {
    return counts(FILE.get("totals").get("tableRows"));
  }

  static SortedMap<String, Integer> counts(JsonNode object) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    object.properties().forEach(entry -> counts.put(entry.getKey(), entry.getValue().asInt()));
    return counts;
  }

  private static JsonNode read() {
    String name = "/baolife/expected.json";
    try (InputStream file = Expected.class.getResourceAsStream(name)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(file, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
