package io.picklift.codec.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes pickles so that many still decode: whole opcodes more often than bytes. */
final class Mutator {
  private static final String OPCODES =
      "(.012FIJKLMNPQRSTUVXabcdeghijlopqrstu}])G\u0080\u0081\u0082\u0083\u0084\u0085\u0086\u0087\u0088"
          + "\u0089\u008a\u008b\u008c\u008d\u008e\u008f\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098BC";
  private static final List<String> PIECES =
      List.of(
          "h\0",
          "h\1",
          "q\0",
          "q\1",
          "\u0094",
          "(e",
          "(u",
          "]",
          "}",
          ")",
          "N",
          "K\1",
          "0",
          "1",
          "2",
          "\u0085",
          "\u0086",
          "R",
          "b",
          "a",
          "s",
          "\u0081",
          "\u0091",
          "\u0090",
          "Q",
          "cm\nC\n",
          "c__builtin__\nset\n",
          "c__builtin__\nfrozenset\n",
          "c__builtin__\ngetattr\n",
          "c_codecs\nencode\n",
          "ccopy_reg\n_reconstructor\n",
          "c__builtin__\nobject\nN",
          "ccopyreg\n__newobj__\n",
          "ccopyreg\n__newobj_ex__\n",
          "ccollections\nOrderedDict\n",
          "ccollections\ndeque\n",
          "cdatetime\ndate\n",
          "U\4\u0007\u00d0\1\1",
          "U\1a",
          "U\6latin1",
          "X\1\0\0\0a",
          "(i1\nC\n",
          "(cm\nC\no",
          "I01\n",
          "L1L\n",
          "F1\n",
          "S'a'\n",
          "V\\u0041\n",
          "g0\n",
          "p0\n",
          "\u0080\0",
          "\u0080\2",
          "\u0080\4",
          "\u0080\5",
          "\u0095\2\0\0\0\0\0\0\0",
          "\u0082\1",
          "\u0097",
          "\u0098",
          "\u008a\0",
          "G\u007f\u00f8\0\0\0\0\0\0");

  private final Random random;
  private final List<byte[]> seeds;

  Mutator(List<byte[]> seeds, long seed) {
    this.seeds = seeds;
    random = new Random(seed);
  }

  byte[] next() {
    byte[] bytes = seeds.get(random.nextInt(seeds.size()));
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      bytes = change(bytes);
    }
    return bytes;
  }

  private byte[] change(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    return switch (random.nextInt(8)) {
      case 0 -> splice(bytes, at, at, bytesOf(OPCODES.charAt(random.nextInt(OPCODES.length()))));
      case 1, 2, 3 -> splice(bytes, at, at, bytesOf(PIECES.get(random.nextInt(PIECES.size()))));
      case 4 -> splice(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(4)), new byte[0]);
      case 5 ->
          splice(bytes, at, Math.min(bytes.length, at + 1), new byte[] {(byte) random.nextInt()});
      case 6 -> splice(bytes, at, at, part(bytes));
      default -> splice(bytes, at, at, part(seeds.get(random.nextInt(seeds.size()))));
    };
  }

  private byte[] part(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(24)));
  }

  private static byte[] bytesOf(Object latin1) {
    return latin1.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] piece) {
    byte[] out = new byte[bytes.length - (to - from) + piece.length];
    System.arraycopy(bytes, 0, out, 0, from);
    System.arraycopy(piece, 0, out, from, piece.length);
    System.arraycopy(bytes, to, out, from + piece.length, bytes.length - to);
    return out;
  }
}
