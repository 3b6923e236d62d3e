package io.picklift.codec.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Pickles that nest one thing in the other, as deep as is asked for. */
public final class Nesting {
  private Nesting() {}

  /** By what is nested. */
  public static Map<String, Supplier<byte[]>> all(int levels) {
    Map<String, Supplier<byte[]>> all = new LinkedHashMap<>();
    all.put("lists", () -> pickle("\u0080\u0002", "]", "N", "a", levels));
    all.put("memoized lists", () -> pickle("\u0080\u0004", "]\u0094", "N", "a", levels));
    all.put("lists of protocol 0", () -> pickle("", "(", "", "l", levels));
    all.put("dicts", () -> pickle("\u0080\u0002", "}K\u0001", "N", "s", levels));
    all.put("dicts of protocol 0", () -> pickle("", "(I1\n", "N", "d", levels));
    all.put("tuples", () -> pickle("\u0080\u0002", "", "N", "\u0085", levels));
    all.put("tuples of protocol 0", () -> pickle("", "(", "", "t", levels));
    all.put("frozensets", () -> pickle("\u0080\u0004", "(", "", "\u0091", levels));
    all.put(
        "sets in a call",
        () -> pickle("\u0080\u0002", "c__builtin__\nset\n](", "N", "e\u0085R", levels));
    all.put(
        "tuples as dict keys", () -> pickle("\u0080\u0002", "}", tuples(levels), "K\u0001s", 1));
    all.put("equal tuples as dict keys", () -> twice(levels));
    all.put(
        "frozensets as dict keys", () -> pickle("\u0080\u0004", "}", frozensets(levels), "Ns", 1));
    all.put("persistent ids", () -> pickle("\u0080\u0002", "", "N", "Q", levels));
    all.put("persistent ids of lists", () -> pickle("\u0080\u0002", "]", "N", "aQ", levels));
    all.put("calls", () -> pickle("\u0080\u0002", "cm\nf\n", "N", "\u0085R", levels));
    all.put("callables", () -> pickle("\u0080\u0002", "", "cm\nf\n", ")R", levels));
    all.put("objects in states", () -> pickle("\u0080\u0002", "cm\nC\n)\u0081", "N", "b", levels));
    all.put(
        "objects in attributes",
        () -> pickle("\u0080\u0002", "cm\nC\n)\u0081}U\u0001a", "N", "sb", levels));
    all.put(
        "objects in arguments",
        () -> pickle("\u0080\u0002", "cm\nC\n", "N", "\u0085\u0081", levels));
    all.put(
        "objects in keywords",
        () -> pickle("\u0080\u0004", "cm\nC\n)}K\u0001", "N", "s\u0092", levels));
    all.put("classes of OBJ", () -> pickle("\u0080\u0001", "(", "cm\nC\n", "o", levels));
    all.put("arguments of OBJ", () -> pickle("\u0080\u0001", "(cm\nC\n", "N", "o", levels));
    all.put("arguments of INST", () -> pickle("", "(", "N", "im\nC\n", levels));
    all.put(
        "attributes of names",
        () ->
            pickle(
                "\u0080\u0002", "c__builtin__\ngetattr\n", "cm\nC\n", "U\u0001a\u0086R", levels));
    all.put(
        "ordered dicts",
        () -> pickle("\u0080\u0002", "ccollections\nOrderedDict\n)RK\u0001", "N", "s", levels));
    all.put("deques", () -> pickle("\u0080\u0002", "ccollections\ndeque\n)R", "N", "a", levels));
    all.put("marks", () -> pickle("\u0080\u0002", "(", "N", "1N", levels));
    return all;
  }

  private static byte[] pickle(String start, String open, String core, String close, int levels) {
    return new PickleBytes().ops(start).ops(open, levels).ops(core).ops(close, levels).stop();
  }

  private static String tuples(int levels) {
    return "N" + "\u0085".repeat(levels);
  }

  private static String frozensets(int levels) {
    return "(".repeat(levels) + "\u0091".repeat(levels);
  }

  private static byte[] twice(int levels) {
    return new PickleBytes()
        .ops("\u0080\u0002}")
        .ops(tuples(levels) + "K\u0001s")
        .ops(tuples(levels) + "K\u0002s")
        .stop();
  }
}
