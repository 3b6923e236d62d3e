package io.picklift.codec.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Puts a pickle together by hand, opcode by opcode, as no pickler would. */
public final class PickleBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Opcodes and text arguments as they stand, one byte for each character. */
  public PickleBytes ops(String latin1) {
    out.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  public PickleBytes ops(String latin1, int times) {
    return ops(latin1.repeat(times));
  }

  /** An opcode with a little-endian argument of four bytes. */
  public PickleBytes op4(char opcode, long argument) {
    out.write(opcode);
    for (int i = 0; i < Integer.BYTES; i++) {
      out.write((int) (argument >> (Byte.SIZE * i)));
    }
    return this;
  }

  /** {@code LONG_BINPUT}. */
  public PickleBytes put(long index) {
    return op4('r', index);
  }

  /** {@code LONG_BINGET}. */
  public PickleBytes get(long index) {
    return op4('j', index);
  }

  /** {@code BINUNICODE}. */
  public PickleBytes text(String latin1) {
    byte[] utf8 = latin1.getBytes(StandardCharsets.UTF_8);
    op4('X', utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  /** {@code GLOBAL}. */
  public PickleBytes global(String module, String name) {
    return ops("c" + module + "\n" + name + "\n");
  }

  public int size() {
    return out.size();
  }

  /** The pickle, with its {@code STOP}. */
  public byte[] stop() {
    out.write('.');
    return out.toByteArray();
  }
}
