package io.picklift.codec.pickle;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values that refer to no other: an opcode and its argument as it stands in the graph's
 * source.
 */
final class LeafWriter {
  private final SaveGraph graph;
  private final byte[] source;
  private final PickleOutput out;
  private final @Nullable FrameRecorder framer;

  LeafWriter(SaveGraph graph, PickleOutput out, @Nullable FrameRecorder framer) {
    this.graph = graph;
    source = graph.source();
    this.out = out;
    this.framer = framer;
  }

  void extension(int op, int code) throws LimitException {
    switch (op) {
      case Op.EXT1 -> out.opcode1(Opcode.EXT1, code);
      case Op.EXT2 -> out.opcode2(Opcode.EXT2, code);
      default -> out.opcode4(Opcode.EXT4, code);
    }
  }

  void number(int node, int op) throws LimitException {
    int a = graph.a(node);
    int b = graph.b(node);
    switch (op) {
      case Op.NONE -> out.opcode(Opcode.NONE);
      case Op.NEWTRUE -> out.opcode(Opcode.NEWTRUE);
      case Op.NEWFALSE -> out.opcode(Opcode.NEWFALSE);
      case Op.INT_TRUE -> bool('1');
      case Op.INT_FALSE -> bool('0');
      case Op.INT -> name(Opcode.INT, a, b);
      case Op.LONG -> {
        out.opcode(Opcode.LONG);
        out.bytes(source, a, b);
        out.opcode1('L', '\n');
      }
      case Op.BININT -> out.opcode4(Opcode.BININT, a);
      case Op.BININT1 -> out.opcode1(Opcode.BININT1, a);
      case Op.BININT2 -> out.opcode2(Opcode.BININT2, a);
      case Op.LONG1 -> {
        out.opcode1(Opcode.LONG1, b);
        out.bytes(source, a, b);
      }
      case Op.LONG4 -> {
        out.opcode4(Opcode.LONG4, b);
        out.bytes(source, a, b);
      }
      case Op.FLOAT -> name(Opcode.FLOAT, a, b);
      default -> out.opcodeDouble(Opcode.BINFLOAT, a, b);
    }
  }

  private void bool(int digit) throws LimitException {
    out.opcode1(Opcode.INT, '0');
    out.opcode1(digit, '\n');
  }

  void text(int node, int op) throws LimitException {
    int offset = graph.a(node);
    int length = graph.b(node);
    switch (op) {
      case Op.SHORT_BINUNICODE -> out.opcode1(Opcode.SHORT_BINUNICODE, length);
      case Op.SHORT_BINBYTES -> out.opcode1(Opcode.SHORT_BINBYTES, length);
      case Op.SHORT_BINSTRING -> out.opcode1(Opcode.SHORT_BINSTRING, length);
      case Op.BINUNICODE -> large(Opcode.BINUNICODE, length, false);
      case Op.BINBYTES -> large(Opcode.BINBYTES, length, false);
      case Op.BINSTRING -> out.opcode4(Opcode.BINSTRING, length);
      case Op.BINUNICODE8 -> large(Opcode.BINUNICODE8, length, true);
      case Op.BINBYTES8 -> large(Opcode.BINBYTES8, length, true);
      case Op.BYTEARRAY8 -> large(Opcode.BYTEARRAY8, length, true);
      default -> {
        name(op == Op.STRING ? Opcode.STRING : Opcode.UNICODE, offset, length);
        return;
      }
    }
    out.bytes(source, offset, length);
    if (framer != null) {
      framer.afterPayload(out.size(), length);
    }
  }

  private void large(int opcode, int length, boolean wide) throws LimitException {
    if (framer != null) {
      framer.beforePayload(out.size(), length);
    }
    if (wide) {
      out.opcode8(opcode, length);
    } else {
      out.opcode4(opcode, length);
    }
  }

  /** An opcode whose argument is one or two lines as they stand in the source. */
  void name(int opcode, int offset, int length) throws LimitException {
    out.opcode(opcode);
    out.bytes(source, offset, length);
    out.opcode('\n');
  }
}
