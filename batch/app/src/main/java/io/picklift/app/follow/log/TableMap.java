package io.picklift.app.follow.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the log says of a table before the rows of a statement.
 *
 * @param id by which the rows name the table
 * @param names of the columns; empty unless the server logs them
 */
record TableMap(long id, String schema, String table, List<WireType> types, List<String> names) {
  private static final int ID_BYTES = 6;
  private static final int COLUMN_NAMES = 4;

  /** Reads a table map up to its types; the rest only where the table is a wanted one. */
  static TableMap read(LogInput in, Wanted wanted) throws IOException {
    long id = in.little(ID_BYTES);
    in.pass(2);
    String schema = name(in);
    String table = name(in);
    if (!wanted.is(schema, table)) {
      in.passAll();
      return new TableMap(id, schema, table, List.of(), List.of());
    }
    int count = (int) in.packed();
    byte[] codes = in.bytes(count);
    LogInput meta = inner(in, in.packed());
    List<WireType> types = new ArrayList<>();
    for (byte signed : codes) {
      int code = signed & 0xff;
      int bytes = WireType.metaBytes(code);
      int first = bytes > 0 ? meta.u8() : 0;
      types.add(WireType.of(code, first, bytes > 1 ? meta.u8() : 0));
    }
    in.pass((count + 7) / 8);
    List<String> names = List.of();
    while (in.left() > 0) {
      int kind = in.u8();
      LogInput value = inner(in, in.packed());
      if (kind == COLUMN_NAMES) {
        names = new ArrayList<>();
        while (value.left() > 0) {
          names.add(value.text(value.packed()));
        }
      }
    }
    return new TableMap(id, schema, table, List.copyOf(types), List.copyOf(names));
  }

  /** Says whether a table is one whose rows are wanted. */
  interface Wanted {
    boolean is(String schema, String table);
  }

  private static String name(LogInput in) throws IOException {
    String name = in.text(in.u8());
    in.pass(1);
    return name;
  }

  private static LogInput inner(LogInput in, long length) throws IOException {
    byte[] bytes = in.bytes(length);
    return new LogInput(new java.io.ByteArrayInputStream(bytes), bytes.length);
  }
}
