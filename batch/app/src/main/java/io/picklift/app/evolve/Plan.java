package io.picklift.app.evolve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What taking a target to another mapping would do.
 *
 * @param former what the ledger calls the target's mapping, in lower-case hex
 * @param next the same of the new one
 * @param statements SQL that says the same as the changes
 * @param saves how many saves are taken apart anew; 0 where their rows stay as they are
 * @param rows how many rows are written
 * @param isEstimate whether {@code rows} is scaled up from a sample
 * @param seconds about how long it takes
 * @param problems what someone should look at before
 */
public record Plan(
    String former,
    String next,
    List<Change> changes,
    List<String> statements,
    List<Table> tables,
    long saves,
    long rows,
    boolean isEstimate,
    long seconds,
    List<String> problems) {
  public Plan {
    changes = List.copyOf(changes);
    statements = List.copyOf(statements);
    tables = List.copyOf(tables);
    problems = List.copyOf(problems);
  }

  /**
   * A change.
   *
   * @param kind like {@code column-added}
   * @param misfits how many values will not fit into the column; null where all will
   */
  public record Change(
      String kind, String table, @Nullable String column, String message, @Nullable Long misfits) {}

  /**
   * What becomes of a table.
   *
   * @param how {@code kept}, {@code altered}, {@code rewritten}, {@code made} or {@code dropped}
   * @param rows how many it will have; of a dropped one, how many it has
   */
  public record Table(String name, String how, long rows, boolean isEstimate) {}
}
