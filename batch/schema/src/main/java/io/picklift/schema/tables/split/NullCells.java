package io.picklift.schema.tables.split;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.tables.values.Scalar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
  private final JsonWriter writer = new JsonWriter(Limits.defaults());

  void none(int table, int row, int column) {
    add(table, row, new Cell(column, NONE));
  }

  /** Notes a value that is a node of its own. */
  void value(int table, int row, int column, Meaning meaning, int node) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(meaning, node, new Bounded(out));
      add(table, row, new Cell(column, out.toString(StandardCharsets.UTF_8)));
    } catch (CodecException | IOException e) {
      // It is too long: the cell says so.
      add(table, row, new Cell(column, ""));
    }
  }

  /** Notes a number that is one of many in an array. */
  void element(int table, int row, int column, Scalar value) {
    String json = "";
    if (value.type == Scalar.Type.FLOAT) {
      String name = value.real > 0 ? "inf" : "-inf";
      json =
          Double.isInfinite(value.real)
              ? "{\"$float\": \"" + name + "\"}"
              : Double.toString(value.real);
    } else if (value.type == Scalar.Type.INT) {
      json = value.isBig ? "{\"$int\": \"" + value.big + "\"}" : Long.toString(value.number);
    }
    add(table, row, new Cell(column, json));
  }

  private void add(int table, int row, Cell cell) {
    byRow.computeIfAbsent(key(table, row), key -> new ArrayList<>()).add(cell);
  }

  private static long key(int table, int row) {
    return (long) table << Integer.SIZE | row;
  }

  /** The cells of a row, in the order of the columns. */
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

  /** An output for so much and no more. */
  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream to;

    Bounded(ByteArrayOutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (to.size() + length > LONGEST) {
        throw new IOException("longer than " + LONGEST);
      }
      to.write(bytes, offset, length);
    }
  }
}
