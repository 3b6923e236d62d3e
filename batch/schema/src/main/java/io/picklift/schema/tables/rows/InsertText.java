package io.picklift.schema.tables.rows;

import io.picklift.schema.tables.values.IntList;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Rows as the literals of INSERT statements. */
public final class InsertText extends RowText {
  private static final byte[] NULL = "NULL".getBytes(StandardCharsets.US_ASCII);

  /** Whether a backslash in a string literal escapes, which {@code NO_BACKSLASH_ESCAPES} ends. */
  private final boolean backslash;

  /** Where each row ends. */
  private final IntList ends = new IntList();

  /**
   * No rows yet.
   *
   * @param backslash whether the server's {@code sql_mode} lets a backslash escape
   */
  public InsertText(BulkTable table, boolean backslash) {
    super(table);
    this.backslash = backslash;
  }

  /** No rows yet, of the same table. */
  public InsertText another() {
    return new InsertText(table(), backslash);
  }

  /**
   * One statement, or what it inserts.
   *
   * @param rows {@code (...), (...)}, in UTF-8
   */
  public record Statement(BulkTable table, byte[] rows) {
    /** The statement with this in place of the rows. */
    public String around(String text) {
      return table.insertHead() + text + table.insertTail();
    }

    public String sql() {
      return around(new String(rows, StandardCharsets.UTF_8));
    }
  }

  /** Takes one statement; returns how many rows it changed. */
  public interface Sink<E extends Exception> {
    long execute(Statement sql) throws E;
  }

  /**
   * Gives all rows to {@code sink}, in statements of at most so many bytes. A row that is longer
   * goes alone.
   */
  public <E extends Exception> long statements(int mostBytes, Sink<E> sink) throws E {
    int frame = table().insertHead().length() + table().insertTail().length();
    long count = 0;
    int first = 0;
    while (first < ends.size()) {
      // A comma stands before each row.
      int start = first == 0 ? 1 : ends.get(first - 1) + 1;
      int last = first;
      while (last + 1 < ends.size() && frame + ends.get(last + 1) - start <= mostBytes) {
        last++;
      }
      byte[] rows = Arrays.copyOfRange(out.array(), start, ends.get(last));
      count += sink.execute(new Statement(table(), rows));
      first = last + 1;
    }
    return count;
  }

  @Override
  public void clear() {
    super.clear();
    ends.clear();
  }

  /** Adds an expression, such as the server's time. */
  public RowText expression(String sql) {
    return unquoted(sql);
  }

  @Override
  void startRow() {
    out.put(',');
    out.put('(');
  }

  @Override
  void separate() {
    out.put(',');
  }

  @Override
  void finishRow() {
    out.put(')');
    ends.add(out.size());
  }

  @Override
  void nullCell() {
    out.put(NULL, 0, NULL.length);
  }

  @Override
  void plainText(String ascii) {
    out.put('\'');
    ascii(ascii);
    out.put('\'');
  }

  @Override
  void text(byte[] utf8, int start, int end) {
    out.put('\'');
    int run = start;
    for (int i = start; i < end; i++) {
      byte c = utf8[i];
      if (c == '\'' || (c == '\\' && backslash)) {
        // The character stands once in the run before, and once more in the one after.
        out.put(utf8, run, i + 1 - run);
        run = i;
      } else if (c == 0 && backslash) {
        out.put(utf8, run, i - run);
        out.put('\\');
        out.put('0');
        run = i + 1;
      }
    }
    out.put(utf8, run, end - run);
    out.put('\'');
  }

  @Override
  void binary(byte[] bytes, int start, int end) {
    out.put('x');
    out.put('\'');
    for (int i = start; i < end; i++) {
      out.put(HEX[bytes[i] >> 4 & 0xf]);
      out.put(HEX[bytes[i] & 0xf]);
    }
    out.put('\'');
  }
}
