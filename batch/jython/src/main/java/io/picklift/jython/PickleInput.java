package io.picklift.jython;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyString;

/** The bytes of the pickle, read in bulk: what the unpickler asks of them. */
final class PickleInput {
  private static final int CHARS = 1024;

  private byte[] data = new byte[0];
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer chars = CharBuffer.allocate(CHARS);

  void reset(byte[] data) {
    this.data = data;
  }

  int length() {
    return data.length;
  }

  void export(UnpicklerFunctions to) {
    to.add(
        "u8",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int position) {
            return position < data.length ? data[position] & 0xff : -1;
          }
        });
    to.add(
        "u16",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int position) {
            return data.length - position < 2
                ? -1
                : (data[position] & 0xff) | ((data[position + 1] & 0xff) << 8);
          }
        });
    to.add(
        "u32",
        new Primitive.Reader() {
          private static final long serialVersionUID = 1L;

          @Override
          PyObject apply(int position) {
            if (data.length - position < 4) {
              return Py.newInteger(-1);
            }
            int value = little(position);
            return value >= 0 ? Py.newInteger(value) : Py.newInteger(value & 0xffff_ffffL);
          }
        });
    to.add(
        "i32",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int position) {
            return little(position);
          }
        });
    to.add(
        "big32",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int position) {
            return Integer.reverseBytes(little(position));
          }
        });
    to.add(
        "newline",
        new Primitive.Of1() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int position) {
            for (int i = position; i < data.length; i++) {
              if (data[i] == '\n') {
                return i;
              }
            }
            return -1;
          }
        });
    to.add(
        "text",
        new Primitive.Slicer() {
          private static final long serialVersionUID = 1L;

          @Override
          PyObject apply(int start, int length) {
            return new PyString(new String(data, start, length, StandardCharsets.ISO_8859_1));
          }
        });
    to.add(
        "below",
        new Primitive.Of3() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int start, int stop, int bound) {
            for (int i = start; i < stop; i++) {
              if ((data[i] & 0xff) >= bound) {
                return 0;
              }
            }
            return 1;
          }
        });
    to.add(
        "not_utf8",
        new Primitive.Of2() {
          private static final long serialVersionUID = 1L;

          @Override
          int apply(int start, int stop) {
            for (int i = start; i < stop; i++) {
              if (data[i] < 0) {
                return malformed(i, stop);
              }
            }
            return -1;
          }
        });
  }

  private int little(int position) {
    return (data[position] & 0xff)
        | ((data[position + 1] & 0xff) << 8)
        | ((data[position + 2] & 0xff) << 16)
        | (data[position + 3] << 24);
  }

  /** Where the first bytes stand that are not UTF-8 (surrogates count as such), or -1. */
  private int malformed(int start, int stop) {
    ByteBuffer bytes = ByteBuffer.wrap(data, start, stop - start);
    utf8.reset();
    while (true) {
      chars.clear();
      var result = utf8.decode(bytes, chars, true);
      if (result.isError()) {
        return bytes.position();
      }
      if (result.isUnderflow()) {
        return -1;
      }
    }
  }
}
