package io.picklift.schema.tables.split;

import io.picklift.codec.meaning.Meaning;
import org.jspecify.annotations.Nullable;

/**
 * Computes the cells of a mapping's computed columns; called from one thread at a time for each
 * save.
 */
@FunctionalInterface
public interface RowComputer {
  /** For what needs the save's own values alone: every computed cell is NULL. */
  RowComputer NONE = (table, column, meaning, node) -> null;

  /**
   * The value of a computed cell.
   *
   * @param table the table's number
   * @param column the column's number in {@link io.picklift.schema.mapping.TableMapping#stored()}
   * @param node the row's object
   * @return null, or a Boolean, Long, BigInteger, Double, BigDecimal, String (JSON text for a JSON
   *     column), byte[], LocalDateTime, LocalDate, LocalTime or UUID
   * @throws Failure where it cannot be computed: the save is not taken apart
   */
  @Nullable Object cell(int table, int column, Meaning meaning, int node) throws Failure;

  /** A value that could not be computed; the message says where, and nothing of the save. */
  final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    public Failure(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
