package io.picklift.codec.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.Op;
import io.picklift.proto.graph.v1.SaveGraph;
import io.picklift.proto.graph.v1.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Messages that ask for many times their bytes. */
public final class HostileMessages {
  private static final int UNKNOWN_FIELD = 99;

  private HostileMessages() {}

  /** By what they hold; {@code size} is about how many bytes each has. */
  public static Map<String, Supplier<byte[]>> all(int size) {
    Map<String, Supplier<byte[]>> all = new LinkedHashMap<>();
    all.put("nodes", () -> archive(SaveGraph.OPS_FIELD_NUMBER, new byte[size / 2], new byte[0]));
    all.put("empty chunks", () -> chunks(size));
    all.put("a chunk of many edges", () -> edges(size));
    all.put("discards", () -> discards(size));
    all.put("frames", () -> style(Style.FRAMES_FIELD_NUMBER, size));
    all.put("fields that are not known, with one that is not packed", () -> unknown(size));
    return all;
  }

  /** A list of as many chunks as there are bytes, all empty. */
  private static byte[] chunks(int size) {
    byte[] chunks = new byte[size + 4];
    Arrays.fill(chunks, (byte) ChunkKind.APPENDS);
    varint(chunks, size);
    return archive(SaveGraph.CHUNKS_FIELD_NUMBER, new byte[] {Op.EMPTY_LIST}, chunks);
  }

  private static void varint(byte[] bytes, int value) {
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) (((value >> (7 * i)) & 0x7f) | (i < 3 ? 0x80 : 0));
    }
  }

  /** A list that holds itself. */
  private static byte[] edges(int size) {
    int length = (size << 3) | ChunkKind.APPENDS;
    ByteString chunks =
        SaveGraph.newBuilder().addChunks(1).addChunks(length).build().toByteString();
    byte[] edges =
        archive(SaveGraph.EDGES_FIELD_NUMBER, new byte[] {Op.EMPTY_LIST}, new byte[size]);
    return ByteString.copyFrom(edges).concat(chunks).toByteArray();
  }

  /** The call of nothing, thrown away again and again. */
  private static byte[] discards(int size) {
    byte[] ops = {Op.EMPTY_TUPLE, Op.EXT1, Op.NEWOBJ};
    SaveGraph call =
        SaveGraph.newBuilder().addInts(1).addEdges(-1).addEdges(-2).addChunks(0).build();
    byte[] discards = new byte[size / 2 * 2];
    for (int i = 0; i < discards.length; i += 2) {
      discards[i] = 2;
    }
    byte[] message = archive(SaveGraph.DISCARDS_FIELD_NUMBER, ops, discards);
    return ByteString.copyFrom(message).concat(call.toByteString()).toByteArray();
  }

  private static byte[] style(int field, int size) {
    byte[] style = new byte[size + 8];
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(style);
      out.writeByteArray(field, new byte[size]);
      byte[] written = Arrays.copyOf(style, style.length - out.spaceLeft());
      return archive(SaveGraph.STYLE_FIELD_NUMBER, new byte[1], written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] unknown(int size) {
    byte[] bytes = new byte[size];
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      // Not packed: read by Protobuf's own parser.
      out.writeUInt32(SaveGraph.COUNTS_FIELD_NUMBER, 1);
      while (out.spaceLeft() >= 4) {
        out.writeUInt32(UNKNOWN_FIELD, 1);
      }
      return Arrays.copyOf(bytes, size - out.spaceLeft());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] archive(int field, byte[] ops, byte[] content) {
    byte[] bytes = new byte[ops.length + content.length + 32];
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeUInt32(SaveGraph.VERSION_FIELD_NUMBER, 1);
      out.writeByteArray(SaveGraph.OPS_FIELD_NUMBER, ops);
      if (content.length > 0) {
        out.writeByteArray(field, content);
      }
      return Arrays.copyOf(bytes, bytes.length - out.spaceLeft());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
