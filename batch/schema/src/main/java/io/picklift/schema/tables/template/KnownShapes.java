package io.picklift.schema.tables.template;

import io.picklift.schema.tables.walk.PathNode;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What objects have shown so far. */
final class KnownShapes {
  /** Names beyond these are keys of data, and no attributes. */
  private static final int MOST_NAMES = 1_000;

  /** Two values differ, and so do more. */
  private static final int ENOUGH = 2;

  /** Each may keep one more save, which all new parts are made beside. */
  private static final int MOST_OF_A_DOCUMENT = 16;

  private final Set<String> facts = new HashSet<>();
  private final Map<String, Integer> ofDocuments = new HashMap<>();
  private final Map<String, Set<String>> names = new HashMap<>();
  private final Map<String, Set<Long>> values = new HashMap<>();

  /** Stands for the last value that is equal to no other. */
  private long unequal;

  private final Map<PathNode, Map<String, PathNode>> named = new HashMap<>();

  /** Whether it is new. */
  boolean add(String fact) {
    return facts.add(fact);
  }

  /**
   * The same of what a document shows: the keys of one may be data, so that only the first places
   * are known, and of all others the kind of value alone.
   *
   * @param at the document's place
   * @param path in the document
   */
  boolean addOfDocument(String at, String path, String what) {
    boolean isNew = facts.add(at + " shows " + what);
    int count = ofDocuments.getOrDefault(at, 0);
    if (count < MOST_OF_A_DOCUMENT && facts.add(at + " shows " + path + " " + what)) {
      ofDocuments.put(at, count + 1);
      isNew = true;
    }
    return isNew;
  }

  /**
   * Whether a value is another than those before, of which there were fewer than two.
   *
   * @param hash empty of one that is equal to no other
   */
  boolean differs(String at, OptionalLong hash) {
    Set<Long> known = values.computeIfAbsent(at, k -> new HashSet<>());
    return known.size() < ENOUGH && known.add(hash.isPresent() ? hash.getAsLong() : ++unequal);
  }

  /** Names that others had in a place and this one has not; its own are known from now on. */
  List<String> lacking(String at, Set<String> here) {
    Set<String> known = names.computeIfAbsent(at, k -> new HashSet<>());
    List<String> lacking = known.stream().filter(name -> !here.contains(name)).toList();
    if (known.size() < MOST_NAMES) {
      known.addAll(here);
    }
    return lacking;
  }

  Map<String, PathNode> named(WalkPlan plan, PathNode path) {
    return named.computeIfAbsent(path, plan::named);
  }
}
