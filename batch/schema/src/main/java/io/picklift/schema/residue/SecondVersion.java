package io.picklift.schema.residue;

import io.picklift.codec.bytes.ByteInput;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.model.PickleStyle;

/** Reads residues of version 2, in a form of their own; none is written any more. */
final class SecondVersion {
  static final int VERSION = 2;

  /** Those up to the text. */
  private static final int PARTS = 10;

  private SecondVersion() {}

  static ResidueParts read(byte[] plain) throws DamagedException {
    ResidueParts parts = new ResidueParts(plain);
    ByteInput in = new ByteInput(plain, 0, plain.length, "the residue");
    parts.order = in.next();
    parts.size = in.count(Integer.MAX_VALUE - 8);
    parts.edgeCount = in.count(Integer.MAX_VALUE - 8);
    parts.chunkCount = in.count(Integer.MAX_VALUE - 8);
    parts.root = in.count(Math.max(0, parts.size - 1));
    parts.style = style(in);
    parts.readonly(in, in.count(Math.min(parts.size, in.left())));
    parts.discards(in, in.count(in.left()));
    int[] lengths = new int[PARTS];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = in.count(plain.length);
    }
    for (int i = 0; i < lengths.length; i++) {
      parts.part(i, in.skip(lengths[i]), lengths[i]);
    }
    if (in.left() > 0) {
      throw new DamagedException("the residue has parts that do not add up");
    }
    tokens(parts);
    return parts;
  }

  private static PickleStyle style(ByteInput in) throws DamagedException {
    int protocol = in.count(255);
    int flags = in.next();
    int putBase = (int) in.zigzag64();
    long bodyLength = in.zigzag64();
    long[] frames = ResidueParts.sums(in, in.count(in.left()));
    byte[] trailing = ResidueParts.bytes(in, in.count(in.left()));
    return new PickleStyle(
        protocol, (flags & 1) != 0, putBase, frames, bodyLength, trailing, (flags & 2) != 0);
  }

  /** Each context's number, less the one before, and how many bytes it has; then all bytes. */
  private static void tokens(ResidueParts parts) throws DamagedException {
    ByteInput all = parts.cursor(ResidueParts.TOKENS);
    int[] lengths = new int[LinkContexts.COUNT];
    int last = 0;
    for (int step = all.count(LinkContexts.COUNT); step > 0; step = all.count(LinkContexts.COUNT)) {
      last += step - 1;
      if (last >= lengths.length || lengths[last] > 0) {
        throw new DamagedException("the residue has links of a sort that is not there");
      }
      lengths[last] = all.count(all.left());
    }
    for (int context = 0; context < lengths.length; context++) {
      int start = all.skip(lengths[context]);
      parts.tokens(context, start, start + lengths[context]);
    }
    if (all.left() > 0) {
      throw new DamagedException("the residue has links that do not add up");
    }
  }
}
