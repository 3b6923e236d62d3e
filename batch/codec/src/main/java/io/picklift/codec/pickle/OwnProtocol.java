package io.picklift.codec.pickle;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes what no pickler wrote so, or what was changed since, in the protocol and with the opcodes
 * that it has: protocol 4 is of no use to Python 2. Everything that can be shared goes into the
 * memo, whose numbers are new.
 */
final class OwnProtocol {
  private OwnProtocol() {}

  /**
   * The pickle; null where there is none that means the same: the order in which the values were
   * put together matters, and the graph does not keep it.
   */
  static byte @Nullable [] write(SaveGraph graph, long limit, Limits limits) throws CodecException {
    SaveGraph all = RecordMerge.allPut(graph);
    Memory memory = Memory.beside(graph.footprint() + all.footprint(), limits);
    byte[] pickle = new GraphWriter(all, limit, false, memory).write();
    if (pickle == null) {
      return null;
    }
    try {
      SaveGraph again = RecordDecoder.again(pickle, graph, limits);
      boolean isSame =
          Arrays.equals(GraphDigest.sha256(again, limits), GraphDigest.sha256(graph, limits));
      return isSame ? pickle : null;
    } catch (LimitException e) {
      throw e;
    } catch (CodecException e) {
      // Written so it is no pickle: a value stands where none of its kind can.
      return null;
    }
  }
}
