package io.picklift.codec.protobuf;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.model.SaveGraph;

/**
 * A graph as the Protobuf message {@code picklift.graph.v1.SaveGraph}, and back. Reusable by one
 * thread: its buffers grow once.
 */
public final class GraphMessage {
  private final GraphEncoder encoder = new GraphEncoder();

  /** The message's bytes, not compressed. */
  public byte[] encode(SaveGraph graph) {
    return encoder.encode(graph);
  }

  /**
   * The graph, whose slices are of {@code archive}: do not change it afterwards.
   *
   * @throws DamagedException if the bytes are no such message, or one that no pickle could give
   */
  public static SaveGraph decode(byte[] archive, Limits limits) throws CodecException {
    return GraphDecoder.decode(archive, limits);
  }
}
