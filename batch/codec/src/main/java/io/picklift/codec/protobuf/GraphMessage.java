package io.picklift.codec.protobuf;

import com.google.protobuf.CodedOutputStream;
import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.model.SaveGraph;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A graph as the Protobuf message {@code picklift.graph.v1.SaveGraph}, and back. Reusable by one
 * thread: its buffers grow once.
 */
public final class GraphMessage {
  /** The field that only exports have; what reads a graph steps over it. */
  private static final int KEY = 13;

  private final GraphEncoder encoder = new GraphEncoder();

  /** The message's bytes, not compressed. */
  public byte[] encode(SaveGraph graph) {
    return encoder.encode(graph);
  }

  /**
   * Writes the message as one of many: its length ahead, as Protobuf's {@code parseDelimitedFrom}
   * reads it.
   *
   * @param key the key of the row that the save is of; empty where it is of none
   */
  public void writeDelimited(SaveGraph graph, String key, OutputStream out) throws IOException {
    byte[] message = encode(graph);
    int keySize = key.isEmpty() ? 0 : CodedOutputStream.computeStringSize(KEY, key);
    CodedOutputStream to = CodedOutputStream.newInstance(out);
    to.writeUInt32NoTag(Math.addExact(message.length, keySize));
    to.writeRawBytes(message);
    if (!key.isEmpty()) {
      to.writeString(KEY, key);
    }
    to.flush();
  }

  /**
   * The graph, whose slices are of {@code message}: do not change it afterwards.
   *
   * @throws DamagedException if the bytes are no such message, or one that no pickle could give
   */
  public static SaveGraph decode(byte[] message, Limits limits) throws CodecException {
    return GraphDecoder.decode(message, limits);
  }
}
