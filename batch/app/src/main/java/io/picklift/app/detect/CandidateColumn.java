package io.picklift.app.detect;

import java.util.List;

/**
 * A column that can hold pickles by its type.
 *
 * @param type as the server shows it
 * @param rows how many rows its table has, as the server estimates
 * @param key the columns of the primary key, or of a unique key without NULLs; empty for none
 */
record CandidateColumn(
    String schema, String table, String name, String type, long rows, List<String> key) {
  CandidateColumn {
    key = List.copyOf(key);
  }
}
