package io.picklift.schema.tables.split;

import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.tables.document.BoundedForms;
import io.picklift.schema.tables.document.ElementForms;
import io.picklift.schema.tables.values.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Why cells of one save are NULL: because None stands there, or a value that only the column's SQL
 * type cannot hold. A NULL cell of which nothing is noted stands for nothing at all.
 */
public final class NullCells {
  /** A longer value is left out. */
  private static final int LONGEST = 1 << 20;

  private static final String NONE = "null";

  /**
   * A cell.
   *
   * @param column the column's number in {@link io.picklift.schema.mapping.TableMapping#stored()}
   * @param json the value, as {@code decode} writes it; empty where it is too long, and left out
   */
  public record Cell(int column, String json) {}

  private final Map<Long, List<Cell>> byRow = new HashMap<>();
  private final List<int[]> inDocuments = new ArrayList<>();

  void none(int table, int row, int column) {
    add(table, row, new Cell(column, NONE));
  }

  /** Notes a value that is a node of its own. */
  void value(int table, int row, int column, Meaning meaning, int node) {
    byte[] form = BoundedForms.of(meaning, node, LONGEST);
    String json = form == null ? "" : new String(form, StandardCharsets.UTF_8);
    add(table, row, new Cell(column, json));
  }

  /** Notes a value that is one of many in an array. */
  void element(int table, int row, int column, Scalar value) {
    String json = ElementForms.of(value);
    add(table, row, new Cell(column, json.length() > LONGEST ? "" : json));
  }

  private void add(int table, int row, Cell cell) {
    byRow.computeIfAbsent(key(table, row), key -> new ArrayList<>()).add(cell);
  }

  private static long key(int table, int row) {
    return (long) table << Integer.SIZE | row;
  }

  /** The cells of a row: those where None stands come first. */
  public List<Cell> of(int table, int row) {
    return byRow.getOrDefault(key(table, row), List.of());
  }

  /** Takes a column's numbers. */
  public interface Columns {
    void column(int table, int column);
  }

  /** Notes that a document shows a value by its name alone. */
  void cutIn(int table, int column) {
    inDocuments.add(new int[] {table, column});
  }

  /** The column of each value that is left out, as often as one is. */
  public void cut(Columns columns) {
    byRow.forEach(
        (key, cells) -> {
          for (Cell cell : cells) {
            if (cell.json().isEmpty()) {
              columns.column((int) (key >> Integer.SIZE), cell.column());
            }
          }
        });
    inDocuments.forEach(cut -> columns.column(cut[0], cut[1]));
  }
}
