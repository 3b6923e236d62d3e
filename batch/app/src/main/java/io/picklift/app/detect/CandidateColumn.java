package io.picklift.app.detect;

import java.util.List;
import java.util.Set;

/**
 * A column that can hold pickles by its type.
 *
 * @param type as the server shows it
 * @param rows how many rows its table has, as the server estimates
 * @param key the columns of the primary key, or of a unique key without NULLs; empty for none
 * @param tables the names of the schema's tables, in lower case
 */
record CandidateColumn(
    String schema,
    String table,
    String name,
    String type,
    long rows,
    List<String> key,
    Set<String> tables) {
  CandidateColumn {
    key = List.copyOf(key);
  }
}
