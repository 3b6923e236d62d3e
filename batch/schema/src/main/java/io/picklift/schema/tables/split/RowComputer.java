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

  /** Given for a cell where the row has nothing that it is computed of: it is NULL. */
  Object NOTHING = new Object();

  /**
   * Whether a save is refused where such a cell cannot be computed, or its column cannot hold it;
   * else the cell is NULL.
   */
  default boolean refuses(int table, int column) {
    return true;
  }

  /** Is told why a cell is NULL that could not be computed. */
  default void failed(int table, int column, String message) {}

  /** Where a column is computed, for messages; empty where nobody wrote it. */
  default String where(int table, int column) {
    return "";
  }

  /** A value that could not be computed; the message says where, and nothing of the save. */
  final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    public Failure(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
