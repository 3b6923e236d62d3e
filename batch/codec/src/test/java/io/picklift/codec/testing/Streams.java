package io.picklift.codec.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Streams of opcodes made at random that always decode: a model of the stack says what may come
 * next. Values are shared by the memo, containers get more later, cycles come about.
 */
public final class Streams {
  private static final String SCALARS = "NISUXCJGLB";

  private final Random random;
  private final PickleBytes out = new PickleBytes();

  /**
   * What each memo slot holds: 'l', 'd', 's' and 'o' are containers, 't' is a tuple, 'g' a class.
   */
  private final List<Character> memo = new ArrayList<>();

  private Streams(long seed) {
    random = new Random(seed);
  }

  /** A pickle of about {@code size} values, by chance of {@code seed} alone. */
  public static byte[] pickle(long seed, int size) {
    Streams streams = new Streams(seed);
    streams.out.ops("\u0080" + (char) (2 + streams.random.nextInt(4)));
    streams.out.ops("](");
    for (int i = 0; i < size; i++) {
      streams.value(3);
    }
    return streams.out.ops("e").stop();
  }

  private void value(int depth) {
    int choice = random.nextInt(depth > 0 ? 16 : 6);
    switch (choice) {
      case 0, 1, 2 -> scalar();
      case 3, 4 -> reuse();
      case 5 -> put(global(), 'g');
      case 6, 7 -> filled("]", 'l', "e", 1, depth);
      case 8, 9 -> filled("}", 'd', "u", 2, depth);
      case 10 -> filled("\u008f", 's', "\u0090", 1, depth);
      case 11 -> tuple(depth);
      case 12 -> object(depth, "\u0081");
      case 13 -> object(depth, "R");
      case 14 -> {
        value(depth - 1);
        out.ops("Q");
      }
      default -> frozen(depth);
    }
  }

  private void scalar() {
    switch (SCALARS.charAt(random.nextInt(SCALARS.length()))) {
      case 'I' -> out.ops("I" + random.nextInt() + "\n");
      case 'S' -> out.ops("U\u0002a" + (char) ('a' + random.nextInt(3)));
      case 'U' -> out.ops("\u008c\u0001" + (char) ('a' + random.nextInt(4)));
      case 'X' -> put(out.text("x".repeat(random.nextInt(90))), 'x');
      case 'C' -> out.ops("C\u0002\u00ff" + (char) random.nextInt(256));
      case 'J' -> out.op4('J', random.nextInt(7) - 3L);
      case 'G' -> out.ops("G?\u00f0\0\0\0\0\0" + (char) random.nextInt(2));
      case 'L' -> out.ops("\u008a\u0009\0\0\0\0\0\0\0\0" + (char) random.nextInt(256));
      case 'B' -> out.ops("\u0096\u0002\0\0\0\0\0\0\0ab");
      default -> out.ops(random.nextBoolean() ? "N" : "\u0088");
    }
  }

  private PickleBytes global() {
    return switch (random.nextInt(4)) {
      case 0 -> out.global("m", "C");
      case 1 -> out.global("__builtin__", "object");
      case 2 -> out.global("collections", "OrderedDict");
      default -> out.global("m", "D");
    };
  }

  private PickleBytes put(PickleBytes made, char kind) {
    memo.add(kind);
    return made.put(memo.size() - 1L);
  }

  /** A value of the memo; where it can take more, sometimes with more. */
  private void reuse() {
    if (memo.isEmpty()) {
      out.ops("N");
      return;
    }
    int slot = random.nextInt(memo.size());
    out.get(slot);
    switch (memo.get(slot)) {
      case 'l' -> out.ops("K\u0001a");
      case 'd' -> out.get(random.nextInt(memo.size())).get(slot).ops("s");
      case 'o' -> out.get(random.nextInt(memo.size())).ops("b");
      case 's' -> out.ops("(K\u0001\u0088").get(random.nextInt(memo.size())).ops("\u0090");
      default -> {}
    }
  }

  private void filled(String opcode, char kind, String add, int each, int depth) {
    put(out.ops(opcode), kind);
    out.ops("(");
    int count = random.nextInt(4) * each;
    for (int i = 0; i < count; i++) {
      value(depth - 1);
    }
    out.ops(add);
  }

  private void tuple(int depth) {
    int count = 1 + random.nextInt(4);
    out.ops("(");
    for (int i = 0; i < count; i++) {
      value(depth - 1);
    }
    put(out.ops("t"), 't');
  }

  private void frozen(int depth) {
    out.ops("(");
    for (int i = random.nextInt(4); i > 0; i--) {
      value(depth - 1);
    }
    put(out.ops("\u0091"), 'f');
  }

  private void object(int depth, String opcode) {
    global().ops("(");
    for (int i = random.nextInt(3); i > 0; i--) {
      value(depth - 1);
    }
    put(out.ops("t" + opcode), 'o');
    if (random.nextBoolean()) {
      value(depth - 1);
      out.ops("b");
    }
  }
}
