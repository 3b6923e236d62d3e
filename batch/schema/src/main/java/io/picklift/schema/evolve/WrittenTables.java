package io.picklift.schema.evolve;

import io.picklift.schema.mapping.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A mapping's canonical written form by table, so that two tables can be compared by what they say
 * and not by where their files say it.
 *
 * @param head what stands before the first table
 * @param rows of each table what decides on its rows: all but its indexes
 * @param sources of each table which objects its rows are of
 */
record WrittenTables(String head, Map<String, String> rows, Map<String, String> sources) {
  private static final String TABLE = "table ";
  private static final String INDEX = "  index ";
  private static final String SOURCE = "  source ";
  private static final String COLUMN = "  column ";

  static WrittenTables of(Mapping mapping) {
    StringBuilder head = new StringBuilder();
    Map<String, StringBuilder> rows = new LinkedHashMap<>();
    Map<String, StringBuilder> sources = new LinkedHashMap<>();
    StringBuilder own = head;
    StringBuilder source = new StringBuilder();
    String part = "";
    for (String line : mapping.written().lines().toList()) {
      if (line.startsWith(TABLE)) {
        own = new StringBuilder();
        source = new StringBuilder();
        rows.put(line.substring(TABLE.length()), own);
        sources.put(line.substring(TABLE.length()), source);
        part = TABLE;
        continue;
      }
      for (String begin : new String[] {INDEX, SOURCE, COLUMN}) {
        part = line.startsWith(begin) ? begin : part;
      }
      if (part.equals(SOURCE)) {
        source.append(line).append('\n');
      }
      if (!isOfIndex(line, part)) {
        own.append(line).append('\n');
      }
    }
    Map<String, String> rowTexts = new LinkedHashMap<>();
    rows.forEach((name, text) -> rowTexts.put(name, text.toString()));
    Map<String, String> sourceTexts = new LinkedHashMap<>();
    sources.forEach((name, text) -> sourceTexts.put(name, text.toString()));
    return new WrittenTables(head.toString(), rowTexts, sourceTexts);
  }

  private static boolean isOfIndex(String line, String part) {
    return part.equals(INDEX)
        || line.equals("    index")
        || line.equals("    unique")
        || line.equals("    key_unique");
  }
}
