package io.picklift.schema.frames;

import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.arrays.ArrayReader;
import io.picklift.schema.arrays.ElementType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays of numpy whose elements have fields, one row each: of one dimension. */
final class StructuredArrays {
  private static final long MOST_BYTES = Integer.MAX_VALUE;

  private final ArrayReader arrays;
  private final Parts parts;

  StructuredArrays(Meaning meaning, ArrayReader arrays) {
    this.arrays = arrays;
    parts = new Parts(meaning);
  }

  /** The node of the bytes of such an array; -1 for anything else. */
  int data(int node) {
    if (type(node) < 0) {
      return Parts.NONE;
    }
    int state = parts.state(node);
    return state < 0 ? parts.argument(node, 0) : parts.item(state, 4);
  }

  private int type(int node) {
    ArrayReader.Form form = parts.isMade(node) ? arrays.form(node) : null;
    if (form == null || form == ArrayReader.Form.SCALAR) {
      return Parts.NONE;
    }
    int type = arrays.typeNode(node, form);
    int state = parts.state(type);
    boolean hasFields =
        parts.made(type).equals("numpy.dtype")
            && parts.size(parts.item(state, 3)) > 0
            && parts.isNumber(parts.item(state, 5));
    return hasFields ? type : Parts.NONE;
  }

  /** The rows of such an array; null for anything else. */
  @Nullable Frame read(int node) {
    int type = type(node);
    int data = data(node);
    int shape = parts.state(node) < 0 ? parts.argument(node, 2) : parts.item(parts.state(node), 1);
    if (type < 0 || data < 0 || parts.size(shape) != 1 || !parts.isNumber(parts.item(shape, 0))) {
      return null;
    }
    int state = parts.state(type);
    long rows = parts.number(parts.item(shape, 0));
    long size = parts.number(parts.item(state, 5));
    if (rows < 0 || size < 1 || size > MOST_BYTES || rows > parts.length(data) / size) {
      return null;
    }
    int names = parts.item(state, 3);
    int fields = parts.item(state, 4);
    List<Frame.Column> columns = new ArrayList<>();
    for (int i = 0; i < parts.size(names); i++) {
      int name = parts.item(names, i);
      if (!parts.isText(name)) {
        return null;
      }
      int field = parts.entry(fields, parts.text(name));
      columns.add(new Frame.Column(parts.text(name), cells(field, data, (int) size)));
    }
    return new Frame((int) rows, columns, List.of());
  }

  private @Nullable FrameCells cells(int field, int data, int size) {
    int offset = parts.item(field, 1);
    ElementType of = field < 0 ? null : arrays.elementType(parts.item(field, 0));
    return of == null || !parts.isNumber(offset) || parts.number(offset) + of.size() > size
        ? null
        : new FrameCells.Packed(of, data, (int) parts.number(offset), size, Parts.NONE);
  }
}
