package io.picklift.jython.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Opcode streams from a seed: every opcode, mostly where it is allowed, with arguments that lie on
 * the edges of the decoding rules; some streams are damaged afterwards. Most decode, the others are
 * refused in many different places.
 */
public final class Streams {
  /**
   * Of each kind of argument first what is accepted, then what is mostly refused and comes seldom.
   */
  private static final String[][] INTS = {
    {
      "0",
      "1",
      "00",
      "01",
      "+1",
      "-0",
      " 1",
      "1 ",
      "010",
      "0x1F",
      "0b101",
      "0o17",
      "1_000",
      "0_0",
      "9223372036854775807",
      "9223372036854775808",
      "-9223372036854775809",
      "1\0x",
      "0\0",
      "\t5",
      "5\u000b",
      "0x_f",
      "+0",
      "-1",
      " 0x1"
    },
    {
      "08",
      "0X",
      "1__0",
      "_1",
      "07777777777777777777777",
      "",
      "-",
      "x",
      "\0",
      "\0\0",
      "- 1",
      "1L",
      "L",
      "12LL"
    }
  };

  private static final String[][] FLOATS = {
    {
      "1.5",
      "-0.0",
      "inf",
      "-inf",
      "nan",
      "+NaN",
      "Infinity",
      ".5",
      "5.",
      "1e-400",
      "0e999999999999",
      "1.5\0z",
      "1E5"
    },
    {
      "1e999",
      "infin",
      "1_0.5",
      " 1",
      "1 ",
      ".",
      "",
      "1e",
      "1e+",
      "1e99999999999",
      "0x1p3",
      "1,5",
      "1d",
      "1f"
    }
  };

  private static final String[][] QUOTED = {
    {
      "'a'",
      "\"b\"",
      "''",
      "'\\x41\\n\\101\\q'",
      "'\\777'",
      "'a\0b'",
      "'\\xff\\xc3'",
      "'latin1'",
      "'\\xc3\\xa9'",
      "'a'b'"
    },
    {"'", "'a", "a", "'a' ", "'\\x4'", "'\\'", "'\\x4g'", ""}
  };

  private static final String[][] RAW = {
    {
      "a",
      "",
      "\\u00e9",
      "\\u20ac",
      "\\U0001f600",
      "\\\\u0041",
      "\\",
      "\\x41",
      "\u00e9",
      "\\ud800",
      "latin1",
      "latin-1",
      "\\\\\\u0041"
    },
    {"\\U00110000", "\\u12", "a\\u00zz"}
  };

  private static final String[][] NAMES = {
    {
      "__builtin__\nset",
      "builtins\nset",
      "__builtin__\nfrozenset",
      "_codecs\nencode",
      "__builtin__\nbytes",
      "__builtin__\nbytearray",
      "copy_reg\n_reconstructor",
      "copyreg\n__newobj__",
      "copyreg\n__newobj_ex__",
      "__builtin__\nobject",
      "__builtin__\nlist",
      "__builtin__\ndict",
      "__builtin__\nlong",
      "__builtin__\ngetattr",
      "builtins\nint",
      "exceptions\nValueError",
      "a.b\nC",
      "java.lang\nRuntime",
      "a b\nc",
      "a\nb.c",
      "__builtin__\nxrange",
      "builtins\nobject",
      "itertools\nizip",
      "builtins\nno such",
      "exceptions\nnone"
    },
    {"\nx", "x\n", "\u00e9\nx", "m\n\ud7ff"}
  };

  private static final String[][] SLOTS = {
    {"0", "1", "2", "7", "01", " 3", "4 ", "1_0", "-0", "+2", "5\0q"},
    {"-1", "", "x", "0x1", "99999999999", "9223372036854775808", "_1"}
  };

  private static final String[][] TEXTS = {
    {
      "a",
      "",
      "latin1",
      "latin-1",
      "\u00e9",
      "\u20ac",
      "\ud83d\ude00",
      "set",
      "__builtin__",
      "builtins",
      "getattr",
      "_reconstructor",
      "copyreg",
      "object",
      "bytes\\"
    },
    {}
  };

  private static final byte[][] NO_TEXTS = {
    {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
    {(byte) 0xed, (byte) 0xa0},
    {(byte) 0xff},
    {(byte) 0xc0, (byte) 0x80},
    {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xc3},
    {'a', (byte) 0xed, (byte) 0xb0, (byte) 0x80, 'b'},
    {(byte) 0xe2, (byte) 0x82},
    {(byte) 0xe0, (byte) 0x80, (byte) 0x80},
    {(byte) 0xed, (byte) 0xa0, (byte) 0xbd, (byte) 0xed, (byte) 0xb8, (byte) 0x80}
  };

  /** Opcodes by how often they come. */
  private static final String COMMON =
      "N\u0088\u0089IKJMLGFSTUVX\u008c]]}})((((((ttteeuuasld\u0085\u0086\u0087\u0081\u0081bbRRRRccc\u0093\u0094\u0094qqhhpg"
          + "\u008f\u0091\u0090BC\u0096\u008eio\u0092PQ\u0082\u0083\u0084\u0097\u0098012jr\u008d\u008a\u008b\u0080\u0095";

  private static final String[] BASES = {"object", "list", "dict", "long", "set", "nothing"};

  private static final String[] VALUES = {
    "N", "](KKe", "]", "}(XKu", "K", "(KKl", "(XKd", "X", ")"
  };

  private final Random random;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Shadow shadow = new Shadow();

  public Streams(long seed) {
    random = new Random(seed);
  }

  public byte[] next() {
    out.reset();
    shadow.reset();
    int protocol = random.nextInt(8);
    if (protocol >= 2) {
      out.write(0x80);
      out.write(protocol == 7 && random.nextInt(40) == 0 ? 9 : Math.min(protocol, 5));
    }
    int count = 1 + random.nextInt(random.nextBoolean() ? 12 : 60);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(3) == 0) {
        idiom();
      } else {
        char op = COMMON.charAt(random.nextInt(COMMON.length()));
        if (shadow.allows(op) || random.nextInt(400) == 0) {
          one(op);
        }
      }
    }
    if (random.nextInt(40) != 0) {
      out.write('.');
    }
    return damaged(out.toByteArray());
  }

  /** Something that makes sense as a whole: without these, few streams would come far. */
  private void idiom() {
    switch (random.nextInt(19)) {
      case 0 -> ops("](KKe");
      case 1 -> ops("}(XKXNu");
      case 2 -> ops("c)R");
      case 3 -> ops("c](KKe\u0085R");
      case 4 -> ops("ccc]\u0087R");
      case 5 -> ops("cccN\u0087R");
      case 6 -> ops("c)\u0081}(XKub");
      case 7 -> ops("c" + (random.nextBoolean() ? "X" : "V") + "X\u0086R");
      case 8 -> ops("cc)}\u0092");
      case 9 -> ops("\u008f(KX\u0090");
      case 10 -> ops("XX\u0093\u0094)\u0081");
      case 11 -> {
        name(random.nextBoolean() ? "copy_reg\n_reconstructor" : "copyreg\n_reconstructor");
        ops("c");
        name("__builtin__\n" + BASES[random.nextInt(BASES.length)]);
        ops(VALUES[random.nextInt(VALUES.length)] + "\u0087R");
      }
      case 12 -> {
        name("__builtin__\n" + (random.nextBoolean() ? "set" : "frozenset"));
        ops(VALUES[random.nextInt(VALUES.length)] + "\u0085R");
      }
      case 13 -> {
        name("_codecs\nencode");
        ops(random.nextInt(5) == 0 ? "U" : random.nextBoolean() ? "X" : "V");
        text("latin1");
        ops("\u0086R");
      }
      case 14 -> {
        name("__builtin__\nbytearray");
        ops(random.nextInt(5) == 0 ? "S" : random.nextBoolean() ? "X" : "V");
        text("latin-1");
        ops("\u0086R");
      }
      case 15 -> {
        name(random.nextBoolean() ? "__builtin__\nbytearray" : "__builtin__\nbytes");
        ops(random.nextBoolean() ? ")R" : "C\u0085R");
      }
      case 16 -> {
        name(random.nextBoolean() ? "copyreg\n__newobj__" : "copy_reg\n__newobj_ex__");
        ops(random.nextBoolean() ? "c)}(XKu\u0087R" : "cK\u0086R");
      }
      case 17 -> {
        name("__builtin__\ngetattr");
        ops("cX\u0086R");
      }
      default -> ops("(cKKo");
    }
  }

  private void name(String name) {
    out.write('c');
    shadow.step('c');
    line(name);
  }

  private void text(String text) {
    out.write('X');
    shadow.step('X');
    little(text.length(), 4);
    out.writeBytes(utf8(text));
  }

  private void ops(String ops) {
    ops.chars().forEach(op -> one((char) op));
    if (random.nextInt(3) == 0) {
      one('\u0094');
    }
  }

  private void one(char op) {
    out.write(op);
    shadow.step(op);
    switch (op) {
      case 'I', 'L' -> line(pick(INTS) + (op == 'L' && random.nextBoolean() ? "L" : ""));
      case 'F' -> line(pick(FLOATS));
      case 'S' -> line(pick(QUOTED));
      case 'V' -> line(pick(RAW));
      case 'P' -> line(random.nextInt(40) == 0 ? "\u00e9" : random.nextInt(5) == 0 ? "" : "id 1");
      case 'c', 'i' -> {
        out.writeBytes(utf8(pick(NAMES)));
        out.write('\n');
      }
      case 'g', 'p' -> line(pick(SLOTS));
      case 'h', 'q' -> out.write(random.nextInt(12));
      case 'j', 'r' -> little(random.nextInt(30) == 0 ? 0xffffffffL : random.nextInt(12), 4);
      case 'K' -> out.write(random.nextInt(256));
      case 'M' -> little(random.nextInt(65536), 2);
      case 'J' -> little(random.nextInt(), 4);
      case 'G' -> {
        little(random.nextLong(), 8);
      }
      case 'U', '\u008c', 'C' -> counted(1);
      case 'T', 'X', 'B' -> counted(4);
      case '\u008d', '\u008e', '\u0096' -> counted(8);
      case '\u008a' -> {
        byte[] bytes = new byte[random.nextInt(12)];
        random.nextBytes(bytes);
        out.write(bytes.length);
        out.writeBytes(bytes);
      }
      case '\u008b' -> {
        byte[] bytes = new byte[random.nextInt(12)];
        random.nextBytes(bytes);
        little(random.nextInt(20) == 0 ? -1 : bytes.length, 4);
        out.writeBytes(bytes);
      }
      case '\u0082' -> out.write(random.nextInt(40));
      case '\u0083' -> little(random.nextInt(300), 2);
      case '\u0084' -> little(random.nextInt(40) - 1, 4);
      case '\u0080' -> out.write(random.nextInt(30) == 0 ? 6 : random.nextInt(6));
      case '\u0095' -> little(random.nextInt(6), 8);
      default -> {}
    }
  }

  private void counted(int width) {
    byte[] bytes =
        random.nextInt(30) == 0 ? NO_TEXTS[random.nextInt(NO_TEXTS.length)] : utf8(pick(TEXTS));
    long length = bytes.length;
    if (random.nextInt(150) == 0) {
      length = width == 1 ? 255 : random.nextBoolean() ? -1 : 1L << (8 * width - 2);
    }
    little(length, width);
    out.writeBytes(bytes);
  }

  private void line(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    out.write('\n');
  }

  private void little(long value, int width) {
    for (int i = 0; i < width; i++) {
      out.write((int) (value >> (8 * i)));
    }
  }

  private String pick(String[][] from) {
    String[] kind = from[random.nextInt(25) == 0 && from[1].length > 0 ? 1 : 0];
    return kind[random.nextInt(kind.length)];
  }

  private byte[] damaged(byte[] stream) {
    if (stream.length == 0) {
      return stream;
    }
    switch (random.nextInt(12)) {
      case 0 -> stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
      case 1 -> stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
      case 2 -> {
        return java.util.Arrays.copyOf(stream, random.nextInt(stream.length));
      }
      default -> {}
    }
    return stream;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
