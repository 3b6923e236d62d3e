package io.picklift.codec.graph;

import java.util.Arrays;

/** A name in UTF-8: unlike a Java string it tells one code point from two surrogates. */
record NameBytes(byte[] module, byte[] qualname) {
  /** {@code module.qualname}. */
  byte[] dotted() {
    byte[] name = Arrays.copyOf(module, module.length + 1 + qualname.length);
    name[module.length] = '.';
    System.arraycopy(qualname, 0, name, module.length + 1, qualname.length);
    return name;
  }

  int length() {
    return module.length + qualname.length;
  }

  GlobalName decode() {
    return new GlobalName(
        Scalars.decode(module, 0, module.length), Scalars.decode(qualname, 0, qualname.length));
  }
}
