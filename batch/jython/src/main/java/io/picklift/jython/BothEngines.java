package io.picklift.jython;

import io.picklift.codec.Limits;
import io.picklift.codec.diff.Difference;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes each save twice, by the engine in Java and by the one in Python, and compares: digests,
 * or refusals by code and offset. For one thread.
 */
public final class BothEngines {
  /** One of the two. */
  @FunctionalInterface
  interface Decoder {
    SaveGraph decode(byte[] pickle) throws CodecException;
  }

  private final Limits limits;
  private final Decoder fast;
  private final Decoder jython;

  public BothEngines(Limits limits) {
    this(limits, new PickleDecoder(limits)::decode, new JythonDecoder(limits)::decode);
  }

  BothEngines(Limits limits, Decoder fast, Decoder jython) {
    this.limits = limits;
    this.fast = fast;
    this.jython = jython;
  }

  /** What came of one decoding: a graph or a refusal. */
  private record Result(@Nullable SaveGraph graph, @Nullable CodecException refusal) {
    static Result of(Decoder decoder, byte[] pickle) {
      try {
        return new Result(decoder.decode(pickle), null);
      } catch (CodecException e) {
        return new Result(null, e);
      }
    }

    String said() {
      return refusal == null ? "decodes it" : "refuses it (" + refusal.code().code() + ")";
    }
  }

  /**
   * Decodes one save.
   *
   * @throws CodecException where both refuse it
   * @throws EnginesDisagreeException where they do not do the same
   */
  public SaveGraph decode(byte[] pickle) throws CodecException {
    Result one = Result.of(fast, pickle);
    Result other = Result.of(jython, pickle);
    CodecException refused = one.refusal();
    CodecException alsoRefused = other.refusal();
    SaveGraph graph = one.graph();
    SaveGraph again = other.graph();
    if (refused != null && alsoRefused != null) {
      if (refused.code() == alsoRefused.code() && refused.offset() == alsoRefused.offset()) {
        throw refused;
      }
      throw new EnginesDisagreeException(
          "",
          Math.min(refused.offset(), alsoRefused.offset()),
          one.said() + " there or later",
          other.said() + " there or later");
    }
    if (refused != null && refused.code() == ErrorCode.LIMIT_MEMORY) {
      // The engine in Python does not count its memory: this says nothing of how either reads.
      throw refused;
    }
    if (graph == null || again == null) {
      CodecException only = refused != null ? refused : alsoRefused;
      throw new EnginesDisagreeException(
          "", only == null ? -1 : only.offset(), one.said(), other.said());
    }
    if (!Arrays.equals(GraphDigest.sha256(graph, limits), GraphDigest.sha256(again, limits))) {
      List<Difference> differences = GraphDiff.compare(graph, again, 1, limits);
      throw new EnginesDisagreeException(
          differences.isEmpty() ? "" : differences.get(0).path(),
          partingOffset(graph, again),
          "reads one value there",
          "another");
    }
    return graph;
  }

  /**
   * Where the last argument stands that both have before their first node that differs; -1 where
   * there is none.
   */
  private static long partingOffset(SaveGraph left, SaveGraph right) {
    long offset = -1;
    int common = Math.min(left.size(), right.size());
    for (int node = 0; node < common; node++) {
      boolean same =
          left.opByte(node) == right.opByte(node)
              && left.a(node) == right.a(node)
              && left.b(node) == right.b(node);
      if (isSlice(left, node)) {
        offset = left.a(node);
      }
      if (!same) {
        return offset;
      }
    }
    return offset;
  }

  private static boolean isSlice(SaveGraph graph, int node) {
    return switch (graph.kind(node)) {
      case STR, PY2_STR -> true;
      default -> false;
    };
  }
}
