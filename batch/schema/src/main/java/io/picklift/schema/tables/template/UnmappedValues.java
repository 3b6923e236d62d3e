package io.picklift.schema.tables.template;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.walk.MappingWalk;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.OptionalLong;

/** Hashes of values that no column has. What cannot be a default is equal to nothing. */
final class UnmappedValues {
  private static final int MOST_STEPS = 2_000;
  private static final int DEEPEST = 50;
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  private final Meaning meaning;
  private final SaveGraph graph;
  private final MappingWalk walk;
  private final BitSet taken;

  private int steps;
  private boolean isUnequal;

  UnmappedValues(Meaning meaning, MappingWalk walk, BitSet taken) {
    this.meaning = meaning;
    graph = meaning.graph();
    this.walk = walk;
    this.taken = taken;
  }

  /** The hash of values that stand one after the other; empty where they are equal to nothing. */
  OptionalLong hash(int... nodes) {
    steps = 0;
    isUnequal = false;
    long hash = all(1, nodes, 0);
    return isUnequal ? OptionalLong.empty() : OptionalLong.of(hash);
  }

  private static long mixed(long hash, long with) {
    long mixed = (hash ^ with) * MULTIPLIER;
    return mixed ^ mixed >>> Integer.SIZE;
  }

  private long all(long hash, int[] nodes, int depth) {
    long sum = mixed(hash, nodes.length);
    for (int node : nodes) {
      sum = one(sum, node, depth + 1);
    }
    return sum;
  }

  private long one(long hash, int node, int depth) {
    if (isUnequal || depth > DEEPEST || ++steps > MOST_STEPS || taken.get(node)) {
      isUnequal = true;
      return hash;
    }
    Kind kind = graph.kind(node);
    long of = mixed(hash, kind.name().hashCode());
    return switch (kind) {
      case NONE -> of;
      case BOOL -> mixed(of, meaning.isTrue(node) ? 1 : 2);
      case INT -> bytes(of, meaning.bigInteger(node).toByteArray());
      case FLOAT -> mixed(of, Double.doubleToLongBits(meaning.floatValue(node)));
      case STR, PY2_STR, BYTES, BYTEARRAY -> bytes(of, meaning.bytes(node));
      case GLOBAL -> text(of, meaning.globalName(node));
      case LIST, TUPLE, DICT, SET, FROZENSET -> all(of, meaning.items(node), depth);
      case OBJECT, CALL -> made(of, node, depth);
      default -> {
        isUnequal = true;
        yield of;
      }
    };
  }

  private long made(long hash, int node, int depth) {
    // What has a row of its own is itself and no other.
    if (walk.table(node) >= 0) {
      isUnequal = true;
      return hash;
    }
    long sum = one(mixed(hash, graph.op(node)), meaning.callable(node), depth + 1);
    sum = all(sum, meaning.arguments(node), depth);
    sum = all(sum, meaning.keywords(node), depth);
    sum = all(sum, meaning.states(node), depth);
    sum = all(sum, meaning.appended(node), depth);
    return all(sum, meaning.entries(node), depth);
  }

  private static long bytes(long hash, byte[] bytes) {
    long sum = mixed(hash, bytes.length);
    for (byte b : bytes) {
      sum = mixed(sum, b);
    }
    return sum;
  }

  private static long text(long hash, String text) {
    return bytes(hash, text.getBytes(StandardCharsets.UTF_8));
  }
}
