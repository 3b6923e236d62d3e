package io.picklift.codec.model;

import java.util.Arrays;

/** A name in UTF-8: unlike a Java string it tells one code point from two surrogates. */
public record NameBytes(byte[] module, byte[] qualname) {
  /** {@code module.qualname}. */
  public byte[] dotted() {
    byte[] name = Arrays.copyOf(module, module.length + 1 + qualname.length);
    name[module.length] = '.';
    System.arraycopy(qualname, 0, name, module.length + 1, qualname.length);
    return name;
  }

  public int length() {
    return module.length + qualname.length;
  }

  public GlobalName decode() {
    return new GlobalName(
        Scalars.decode(module, 0, module.length), Scalars.decode(qualname, 0, qualname.length));
  }
}
