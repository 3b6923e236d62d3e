package io.picklift.schema.frames;

import io.picklift.schema.arrays.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of Arrow that columns of pandas may be kept in: {@code _restore_array} of a type, a
 * length and buffers, or {@code chunked_array} of several of them.
 */
final class ArrowColumns {
  private static final int BITS = 8;
  private static final int CHUNKS = 10_000;

  /** Elements of one size, by the names that Arrow has for their types. */
  private static final Map<String, String> ELEMENTS =
      Map.ofEntries(
          Map.entry("int8", "|i1"),
          Map.entry("int16", "<i2"),
          Map.entry("int32", "<i4"),
          Map.entry("int64", "<i8"),
          Map.entry("uint8", "|u1"),
          Map.entry("uint16", "<u2"),
          Map.entry("uint32", "<u4"),
          Map.entry("uint64", "<u8"),
          Map.entry("halffloat", "<f2"),
          Map.entry("float", "<f4"),
          Map.entry("double", "<f8"),
          Map.entry("date32[day]", "<M4[D]"),
          Map.entry("date64[ms]", "<M8[ms]"),
          Map.entry("duration[s]", "<m8[s]"),
          Map.entry("duration[ms]", "<m8[ms]"),
          Map.entry("duration[us]", "<m8[us]"),
          Map.entry("duration[ns]", "<m8[ns]"));

  private final Parts parts;

  ArrowColumns(Parts parts) {
    this.parts = parts;
  }

  /** What pandas keeps such an array in; -1 for any other state. */
  int array(String name, int state) {
    boolean isArrow =
        name.endsWith(".ArrowExtensionArray")
            || name.endsWith(".ArrowStringArray")
            || name.endsWith(".ArrowStringArrayNumpySemantics");
    return isArrow ? parts.entry(state, "_pa_array", "_data") : Parts.NONE;
  }

  /** How many elements there are; -1 where that is not known. */
  int length(int node) {
    if (!isChunked(node)) {
      return length(parts.argument(node, 0), node);
    }
    long length = 0;
    int chunks = parts.argument(node, 0);
    for (int i = 0; i < Math.min(parts.size(chunks), CHUNKS); i++) {
      int of = length(parts.item(chunks, i));
      length += of;
      if (of < 0 || length > Integer.MAX_VALUE) {
        return Parts.NONE;
      }
    }
    return (int) length;
  }

  private int length(int data, int node) {
    int length = parts.item(data, 1);
    boolean isKnown = isArray(node) && parts.isNumber(length) && parts.number(length) >= 0;
    return isKnown && cells(node) != null ? (int) parts.number(length) : Parts.NONE;
  }

  private boolean isArray(int node) {
    return parts.made(node).equals("pyarrow.lib._restore_array");
  }

  private boolean isChunked(int node) {
    return parts.made(node).equals("pyarrow.lib.chunked_array");
  }

  @Nullable FrameCells cells(int node) {
    if (!isChunked(node)) {
      return isArray(node) ? chunk(parts.argument(node, 0)) : null;
    }
    int chunks = parts.argument(node, 0);
    List<FrameCells> all = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    int end = 0;
    if (parts.size(chunks) > CHUNKS) {
      return null;
    }
    for (int i = 0; i < parts.size(chunks); i++) {
      int chunk = parts.item(chunks, i);
      FrameCells cells = isArray(chunk) ? chunk(parts.argument(chunk, 0)) : null;
      if (cells == null) {
        return null;
      }
      end += (int) parts.number(parts.item(parts.argument(chunk, 0), 1));
      all.add(cells);
      ends.add(end);
    }
    return new FrameCells.Chunks(all, ends);
  }

  /** Type, length, number of missing ones, offset, buffers. */
  private @Nullable FrameCells chunk(int data) {
    int length = parts.item(data, 1);
    int offset = parts.item(data, 3);
    int buffers = parts.item(data, 4);
    boolean isKnown =
        parts.isNumber(length)
            && parts.isNumber(offset)
            && parts.number(length) >= 0
            && parts.number(offset) >= 0
            && parts.number(length) + parts.number(offset) < Integer.MAX_VALUE / Long.BYTES;
    if (!isKnown) {
      return null;
    }
    int start = (int) parts.number(offset);
    int end = start + (int) parts.number(length);
    FrameCells values = values(parts.item(data, 0), buffers, start, end);
    int given = parts.item(buffers, 0);
    boolean isMarked = !parts.isNone(given);
    int bitmap = isMarked ? buffer(given) : Parts.NONE;
    boolean isShort = isMarked && parts.length(bitmap) * (long) BITS < end;
    return values == null || isShort
        ? null
        : new FrameCells.Marked(values, new FrameCells.Bits(bitmap, start));
  }

  private @Nullable FrameCells values(int type, int buffers, int start, int end) {
    int data = buffer(parts.item(buffers, 1));
    String alias = alias(type);
    if (alias.equals("bool")) {
      return parts.length(data) * (long) BITS < end ? null : new FrameCells.Bits(data, start);
    }
    boolean isText = alias.endsWith("string");
    if (isText || alias.equals("binary") || alias.equals("large_binary")) {
      int width = alias.startsWith("large_") ? Long.BYTES : Integer.BYTES;
      ElementType number = new ElementType('i', width, false, null);
      FrameCells.Packed ends =
          new FrameCells.Packed(number, data, start * width, width, Parts.NONE);
      int bytes = buffer(parts.item(buffers, 2));
      boolean isWhole = parts.length(data) >= (end + 1L) * width || end == start;
      return isWhole && (alias.equals("string") || !isText || alias.equals("large_string"))
          ? new FrameCells.Spans(ends, bytes, isText)
          : null;
    }
    ElementType of = ElementType.parse(ELEMENTS.getOrDefault(alias, alias));
    return of == null || parts.length(data) < (long) end * of.size()
        ? null
        : new FrameCells.Packed(of, data, start * of.size(), of.size(), Parts.NONE);
  }

  /** The type's name; of times without a zone numpy's; empty for any other. */
  private String alias(int type) {
    String made = parts.made(type);
    int first = parts.argument(type, 0);
    if (!made.startsWith("pyarrow.lib.") || !parts.isText(first)) {
      return "";
    }
    return switch (made.substring("pyarrow.lib.".length())) {
      case "type_for_alias" -> parts.text(first);
      case "timestamp" ->
          parts.isNone(parts.argument(type, 1)) ? "<M8[" + parts.text(first) + "]" : "";
      default -> "";
    };
  }

  /** The bytes of a buffer. */
  private int buffer(int node) {
    return parts.made(node).equals("pyarrow.lib.py_buffer") ? parts.argument(node, 0) : Parts.NONE;
  }
}
