package io.picklift.app.follow.log;

import java.util.Set;

/**
 * What of the schema is followed beside the saves.
 *
 * @param companions tables that are copied
 * @param heartbeat the table into which followers write the time, with {@code reader} and {@code
 *     beat} as its key
 * @param reader whose row of it is this follower's
 */
public record Beside(Set<String> companions, TableLayout heartbeat, String reader) {
  /** By any case of letters, since a server may log names in lower case: rather once too often. */
  boolean isCompanion(String schema, String table) {
    return schema.equalsIgnoreCase(heartbeat.schema())
        && companions.stream().anyMatch(table::equalsIgnoreCase);
  }
}
