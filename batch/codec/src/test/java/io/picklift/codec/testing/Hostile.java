package io.picklift.codec.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pickles that ask for more time or memory than their bytes pay for. Each stands for something that
 * was found, here or in other decoders.
 */
public final class Hostile {
  private static final String P2 = "\u0080\u0002";
  private static final String P4 = "\u0080\u0004";
  private static final String GETATTR = "c__builtin__\ngetattr\n";

  private Hostile() {}

  /** By what they try; {@code size} is about how many bytes each may have. */
  public static Map<String, byte[]> all(int size) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    memos(all, size);
    doubling(all, size);
    shared(all, size);
    keys(all, size);
    text(all, size);
    folds(all, size);
    known(all, size);
    return all;
  }

  private static void memos(Map<String, byte[]> all, int size) {
    PickleBytes sparse = new PickleBytes().ops(P2 + "N");
    for (int i = 0; i < size / 5; i++) {
      sparse.put((i * 0x9e37_79b9L) & 0xffff_ffffL);
    }
    all.put("puts far apart", sparse.stop());
    all.put("a put into the last slot", new PickleBytes().ops(P2 + "N").put(0xffff_ffffL).stop());
    all.put("puts into one slot", new PickleBytes().ops(P2 + "N").ops("q\0", size / 2).stop());
    all.put("memoized again and again", new PickleBytes().ops(P4 + "N").ops("\u0094", size).stop());
    all.put("marks alone", new PickleBytes().ops(P2).ops("(", size).stop());
    all.put("marks and pops", new PickleBytes().ops(P2).ops("(1", size / 2).ops("N").stop());
    all.put("values popped", new PickleBytes().ops(P2).ops("N0", size / 2).ops("N").stop());
    all.put("values left", new PickleBytes().ops(P2).ops("N", size).stop());
    all.put("duplicates left", new PickleBytes().ops(P2 + "N").ops("2", size).stop());
    all.put(
        "frames in frames",
        new PickleBytes().ops(P4).ops("\u0095\1\0\0\0\0\0\0\0", size / 9).ops("N").stop());
    all.put("protocols", new PickleBytes().ops("\u0080\4\u0080\2", size / 4).ops("N").stop());
    all.put("empty chunks", new PickleBytes().ops(P2 + "]").ops("(e", size / 2).stop());
    all.put("states", new PickleBytes().ops(P2 + "cm\nC\n)\u0081").ops("Nb", size / 2).stop());
    all.put(
        "appends and states",
        new PickleBytes().ops(P2 + "cm\nC\n)\u0081").ops("NbNaNNs", size / 7).stop());
  }

  private static void doubling(Map<String, byte[]> all, int size) {
    int levels = Math.min(size / 8, 20_000);
    all.put("tuples doubled", new PickleBytes().ops(P2 + "N").ops("2\u0086", size / 2).stop());
    all.put("lists doubled", doubled(levels, "](", "e"));
    all.put("dicts doubled", doubled(levels, "}(K\1", "K\2", "u"));
    all.put("frozensets doubled", doubled(levels, "(", "\u0091"));
    all.put("calls doubled", doubled(levels, "cm\nf\n", "\u0086R"));
    all.put("persistent ids doubled", doubled(levels, "](", "eQ"));
    all.put(
        "ordered dicts doubled", doubled(levels, "ccollections\nOrderedDict\n)R(K\1", "K\2", "u"));
    PickleBytes keys = new PickleBytes().ops(P2 + "}");
    keys.ops("N")
        .ops("2\u0086", size / 4)
        .ops("K\1s")
        .ops("N")
        .ops("2\u0086", size / 4)
        .ops("K\2s");
    all.put("doubled tuples as equal keys", keys.stop());
  }

  private static byte[] doubled(int levels, String open, String close) {
    return doubled(levels, open, "", close);
  }

  private static byte[] doubled(int levels, String open, String between, String close) {
    PickleBytes pickle = new PickleBytes().ops(P2 + "N").put(0).ops("0");
    for (int i = 0; i < levels; i++) {
      pickle.ops(open).get(i).ops(between).get(i).ops(close).put(i + 1L).ops("0");
    }
    return pickle.get(levels).stop();
  }

  private static void shared(Map<String, byte[]> all, int size) {
    String text = "x".repeat(size / 2);
    int uses = size / 6;
    all.put(
        "a long text shown often", often(new PickleBytes().ops(P2).text(text), "h\0", size / 4));
    all.put(
        "a long text of protocol 0 as key of many dicts",
        often(new PickleBytes().ops("V" + text + "\n"), "}h\0Ns", uses / 2));
    all.put(
        "a long text as key of many dicts",
        often(new PickleBytes().ops(P2).text(text), "}h\0Ns", uses / 2));
    all.put(
        "a long text as attribute of many objects",
        often(new PickleBytes().ops(P2).text(text), "cm\nC\n)\u0081}h\0Nsb", size / 26));
    all.put(
        "a long text as name of many classes",
        often(new PickleBytes().ops(P4).text(text), "h\0h\0\u0093", uses));
    all.put(
        "a long text as name of many mapped classes",
        often(new PickleBytes().ops(P2).text(text), "h\0h\0\u0093", uses));
    PickleBytes py2 = new PickleBytes().ops(P2).op4('T', text.length()).ops(text);
    all.put("long text of Python 2 as name of many classes", often(py2, "h\0h\0\u0093", uses));
    PickleBytes names = new PickleBytes().ops(P2).op4('T', text.length()).ops(text);
    all.put("long text of Python 2 as keys", often(names, "}h\0Ns", uses));
    all.put(
        "a long persistent id shown often",
        often(new PickleBytes().ops(P2 + "P" + text + "\n"), "h\0", size / 4));
    all.put(
        "a long integer shown often",
        often(new PickleBytes().ops(P2).op4('\u008b', text.length()).ops(text), "h\0", size / 4));
    all.put(
        "a long decimal integer shown often",
        often(
            new PickleBytes().ops("L" + "7".repeat(Math.min(size / 2, 90_000)) + "L\n"),
            "h\0",
            9_000));
    all.put(
        "a float of many digits shown often",
        often(new PickleBytes().ops("F" + "7".repeat(300) + "." + text + "\n"), "h\0", size / 4));
    all.put("sets of one list that are thrown away", thrownAway(size));
    all.put("a list made a set often", sets(size, "__builtin__\nset", 0));
    all.put(
        "a list made a frozenset often, in many chunks", sets(size, "__builtin__\nfrozenset", 1));
    all.put("an argument tuple used often", argumentsOften(size));
  }

  /**
   * A list of what {@code first} makes and then of {@code use}, which may get it by {@code h\0}.
   */
  private static byte[] often(PickleBytes first, String use, int times) {
    return first.ops("q\0](").ops(use, times).ops("e").stop();
  }

  private static byte[] sets(int size, String callable, int single) {
    PickleBytes pickle = new PickleBytes().ops(P2 + "c" + callable + "\nq\0]");
    if (single == 0) {
      pickle.ops("(").ops("K\1", size / 4).ops("e");
    } else {
      pickle.ops("(K\1e", size / 8);
    }
    return pickle.ops("\u0085q\1](").ops("h\0h\1R", size / 10).ops("e").stop();
  }

  /** What is not part of the save is not made of it again; {@code DUP} makes it written anew. */
  private static byte[] thrownAway(int size) {
    return new PickleBytes()
        .ops(P2 + "c__builtin__\nset\nq\0](")
        .ops("K\1", size / 4)
        .ops("e\u0085q\1" + "0")
        .ops("h\0h\1R0", size / 12)
        .ops("N2\u0086")
        .stop();
  }

  private static byte[] argumentsOften(int size) {
    return new PickleBytes()
        .ops(P2 + "cm\nC\nq\0(")
        .ops("]", size / 2)
        .ops("tq\1](")
        .ops("h\0h\1\u0081", size / 10)
        .ops("e")
        .stop();
  }

  private static void keys(Map<String, byte[]> all, int size) {
    PickleBytes ints = new PickleBytes().ops(P2 + "}(");
    for (long i = 0; i < size / 12; i++) {
      // CPython: equal modulo 2^61 - 1, so equal hashes.
      long key = (i << 61) - i;
      ints.ops("\u008a\u0009");
      for (int k = 0; k < 9; k++) {
        ints.ops(String.valueOf((char) (k < 8 ? (key >> (8 * k)) & 0xff : 0)));
      }
      ints.ops("N");
    }
    all.put("integers of equal hash in Python", ints.ops("u").stop());
    PickleBytes texts = new PickleBytes().ops(P2 + "}(");
    for (int i = 0; i < size / 40; i++) {
      // "Aa" and "BB" have equal hashes in Java.
      StringBuilder key = new StringBuilder(32);
      for (int bit = 0; bit < 16; bit++) {
        key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      texts.text(key.toString()).ops("N");
    }
    all.put("texts of equal hash in Java", texts.ops("u").stop());
    all.put(
        "one key set often",
        new PickleBytes().ops(P2 + "}(").ops("K\1N", size / 3).ops("u").stop());
    all.put("one key set singly", new PickleBytes().ops(P2 + "}").ops("K\1Ns", size / 4).stop());
    PickleBytes floats = new PickleBytes().ops(P2 + "}(");
    for (int i = 0; i < size / 10; i++) {
      floats.ops("G\u007f\u00ef\0\0\0");
      floats.ops(String.valueOf((char) (i >> 16 & 0xff)));
      floats.ops(String.valueOf((char) (i >> 8 & 0xff)));
      floats.ops(String.valueOf((char) (i & 0xff))).ops("N");
    }
    all.put("great floats as keys", floats.ops("u").stop());
    all.put(
        "nan as key",
        new PickleBytes()
            .ops(P2 + "}(")
            .ops("G\u007f\u00f8\0\0\0\0\0\0N", size / 10)
            .ops("u")
            .stop());
    PickleBytes decimal =
        new PickleBytes().ops("L" + "7".repeat(Math.min(size / 2, 90_000)) + "L\n");
    all.put("a long decimal integer as key often", often(decimal, "}h\0Ns", size / 12));
    all.put("odd ends of many tuples", manyTuples(size));
  }

  /** Each tuple holds the one before and is a key: hashing each anew takes quadratic time. */
  private static byte[] manyTuples(int size) {
    PickleBytes pickle = new PickleBytes().ops(P4 + "}\u0094)\u0094");
    int count = size / 12;
    for (int i = 0; i < count; i++) {
      pickle.ops("\u0085\u0094");
    }
    pickle.ops("0h\0(");
    for (int i = 0; i < count; i++) {
      pickle.get(i + 1L).ops("N");
    }
    return pickle.ops("u").stop();
  }

  private static void text(Map<String, byte[]> all, int size) {
    String digits = "1".repeat(size);
    all.put("a float of many digits", new PickleBytes().ops("F" + digits + "\n").stop());
    all.put("no float after many digits", new PickleBytes().ops("F" + digits + "x\n").stop());
    all.put(
        "no float after many digits and a point",
        new PickleBytes().ops("F1." + digits + "x\n").stop());
    all.put("no exponent after many digits", new PickleBytes().ops("F1e" + digits + "x\n").stop());
    all.put("an integer of too many digits", new PickleBytes().ops("L" + digits + "L\n").stop());
    all.put(
        "an integer of many zeros", new PickleBytes().ops("I" + "0".repeat(size) + "\n").stop());
    int most = Math.min(size, 99_999);
    String line = "I+" + "1".repeat(most) + "\n";
    all.put(
        "integers of many digits",
        new PickleBytes().ops("](").ops(line, size / most).ops("e").stop());
    all.put(
        "blanks before an integer", new PickleBytes().ops("I" + " ".repeat(size) + "1\n").stop());
    all.put("a memo index of many digits", new PickleBytes().ops("Np" + digits + "\n").stop());
    all.put("many escapes", new PickleBytes().ops("V" + "\\u0041".repeat(size / 6) + "\n").stop());
    all.put(
        "many escapes of Python 2",
        new PickleBytes().ops("S'" + "\\x41".repeat(size / 4) + "'\n").stop());
    all.put(
        "many lines that do not end",
        new PickleBytes().ops("N0".repeat(size / 4) + "I" + "1".repeat(size / 2)).stop());
    for (char opcode : "TXBU".toCharArray()) {
      all.put(
          "a length of " + opcode + " beyond the bytes",
          new PickleBytes().ops(P2).op4(opcode, 0xffff_fff0L).ops("abc").stop());
    }
    for (char opcode : "\u008d\u008e\u0096\u0095".toCharArray()) {
      String length = "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff";
      all.put(
          "a length of 8 bytes for " + (int) opcode,
          new PickleBytes().ops(P4 + opcode + length + "\u007fabc").stop());
      all.put(
          "a length below zero for " + (int) opcode,
          new PickleBytes().ops(P4 + opcode + length + "\u00ffabc").stop());
    }
  }

  private static void folds(Map<String, byte[]> all, int size) {
    String text = "x".repeat(size / 2);
    int uses = size / 14;
    PickleBytes encode =
        new PickleBytes()
            .ops(P2)
            .text(text)
            .ops("q\0")
            .text("latin1")
            .ops("q\1c_codecs\nencode\nq\2");
    all.put(
        "a long text encoded often",
        encode.ops("](").ops("h\2h\0h\1\u0086R", uses).ops("e").stop());
    PickleBytes name =
        new PickleBytes().ops(P2).text(text).ops("q\0").text("x").ops("q\1c_codecs\nencode\nq\2");
    all.put(
        "a long name of an encoding", name.ops("](").ops("h\2h\1h\0\u0086R", uses).ops("e").stop());
    PickleBytes attribute =
        new PickleBytes()
            .ops(P2)
            .op4('T', text.length())
            .ops(text + "q\0" + GETATTR + "q\2cm\nC\nq\3");
    all.put(
        "a long attribute got often",
        attribute.ops("](").ops("h\2h\3h\0\u0086R", uses).ops("e").stop());
    PickleBytes chain = new PickleBytes().ops(P2 + GETATTR + "q\0cm\nC\n").put(1);
    int links = Math.min(size / 16, 60_000);
    for (int i = 1; i < links; i++) {
      chain.ops("h\0").get(i).ops("U\u0001a\u0086R").put(i + 1L);
    }
    chain.ops("}(");
    for (int i = 1; i <= links; i++) {
      chain.get(i).ops("N");
    }
    all.put("attributes of attributes, all of them keys", chain.ops("u").stop());
    PickleBytes chunks =
        new PickleBytes()
            .ops(P2 + "ccopy_reg\n__newobj_ex__\nq\0cm\nC\n)}")
            .ops("(K\1Nu", size / 10);
    all.put(
        "keywords in many chunks",
        chunks.ops("\u0087q\1](").ops("h\0h\1R", size / 10).ops("e").stop());
    PickleBytes reconstructed =
        new PickleBytes()
            .ops(P2 + "ccopy_reg\n_reconstructor\nq\0cm\nC\nc__builtin__\nlist\n]")
            .ops("(K\1e", size / 10);
    all.put(
        "a list reconstructed often",
        reconstructed.ops("\u0087q\1](").ops("h\0h\1R", size / 10).ops("e").stop());
  }

  private static void known(Map<String, byte[]> all, int size) {
    String digits = "1".repeat(size / 2);
    int uses = size / 12;
    PickleBytes decimal =
        new PickleBytes().ops(P2).text(digits).ops("\u0085q\0cdecimal\nDecimal\nq\1");
    all.put("a long Decimal often", decimal.ops("](").ops("h\1h\0R", uses).ops("e").stop());
    PickleBytes days =
        new PickleBytes()
            .ops(
                "L"
                    + "7".repeat(Math.min(size / 2, 90_000))
                    + "L\n2\u0080\u0002K\1\u0087q\0cdatetime\ntimedelta\nq\1");
    all.put(
        "a timedelta of long integers often", days.ops("](").ops("h\1h\0R", uses).ops("e").stop());
    PickleBytes maxlen =
        new PickleBytes()
            .ops(
                P2
                    + ")L"
                    + "7".repeat(Math.min(size / 2, 90_000))
                    + "L\n\u0086q\0ccollections\ndeque\nq\1");
    all.put(
        "a deque of a long maxlen often", maxlen.ops("](").ops("h\1h\0R", uses).ops("e").stop());
    PickleBytes ordered =
        new PickleBytes()
            .ops(P2 + "](")
            .ops("]K\1aK\1a", size / 16)
            .ops("Ne\u0085q\0ccollections\nOrderedDict\nq\1");
    all.put(
        "a list that is nearly one of pairs often",
        ordered.ops("](").ops("h\1h\0R", uses).ops("e").stop());
    PickleBytes pairs =
        new PickleBytes()
            .ops(P2 + "](")
            .ops("]K\1aK\1a", size / 16)
            .ops("e\u0085q\0ccollections\nOrderedDict\nq\1");
    all.put("a list of pairs often", pairs.ops("](").ops("h\1h\0R", uses).ops("e").stop());
    PickleBytes uuid = new PickleBytes().ops(P2).text(digits).ops("q\0cuuid\nUUID\nq\1");
    all.put(
        "a UUID with a long key often",
        uuid.ops("](").ops("h\1)\u0081}h\0K\5sb", size / 24).ops("e").stop());
    PickleBytes number =
        new PickleBytes()
            .ops(P2)
            .text("int")
            .ops("q\0cuuid\nUUID\nq\1")
            .op4('\u008b', digits.length())
            .ops(digits + "q\2");
    all.put(
        "a UUID of a long integer often",
        number.ops("](").ops("h\1)\u0081}h\0h\2sb", size / 24).ops("e").stop());
    PickleBytes date =
        new PickleBytes().ops(P2 + "S'" + digits + "'\n\u0085q\0cdatetime\ndate\nq\1");
    all.put("a date of long text often", date.ops("](").ops("h\1h\0R", uses).ops("e").stop());
    PickleBytes bytes =
        new PickleBytes()
            .ops(P2 + "c_codecs\nencode\n")
            .text(digits)
            .text("latin1")
            .ops("\u0086R\u0085q\0cdatetime\ndatetime\nq\1");
    all.put("a datetime of long bytes often", bytes.ops("](").ops("h\1h\0R", uses).ops("e").stop());
    PickleBytes slots = new PickleBytes().ops(P2 + "}(");
    for (int i = 0; i < size / 20; i++) {
      slots.op4('X', 4).ops(String.format("%04x", i & 0xffff)).ops("N");
    }
    slots.ops("u2\u0086q\0cm\nC\nq\1](");
    all.put(
        "a pair of dicts as the state of many",
        slots.ops("h\1)\u0081h\0b", size / 20).ops("e").stop());
  }
}
