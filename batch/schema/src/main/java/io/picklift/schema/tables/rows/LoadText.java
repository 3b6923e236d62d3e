package io.picklift.schema.tables.rows;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Rows as the fields and lines that {@link BulkTable#loadStatement} reads. */
public final class LoadText extends RowText {
  public LoadText(BulkTable table) {
    super(table);
  }

  /** All rows, not a copy. */
  public InputStream stream() {
    return new ByteArrayInputStream(out.array(), 0, out.size());
  }

  @Override
  void startRow() {
    // Lines have no beginning of their own.
  }

  @Override
  void separate() {
    out.put('\t');
  }

  @Override
  void finishRow() {
    out.put('\n');
  }

  @Override
  void nullCell() {
    out.put('\\');
    out.put('N');
  }

  @Override
  void plainText(String ascii) {
    ascii(ascii);
  }

  @Override
  void text(byte[] utf8, int start, int end) {
    binary(utf8, start, end);
  }

  @Override
  void binary(byte[] bytes, int start, int end) {
    int run = start;
    for (int i = start; i < end; i++) {
      int escape =
          switch (bytes[i]) {
            case '\\' -> '\\';
            case '\t' -> 't';
            case '\n' -> 'n';
            default -> 0;
          };
      if (escape != 0) {
        out.put(bytes, run, i - run);
        out.put('\\');
        out.put(escape);
        run = i + 1;
      }
    }
    out.put(bytes, run, end - run);
  }
}
