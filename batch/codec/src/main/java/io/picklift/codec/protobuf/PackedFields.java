package io.picklift.codec.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.picklift.codec.Limits;
import io.picklift.codec.bytes.ByteInput;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.PickleStyle;
import io.picklift.proto.graph.v1.SaveGraph;
import java.io.IOException;

/** Where the packed fields of a message lie in its bytes. */
final class PackedFields {
  private static final int COUNT = FieldNumbers.DISCARDS + 1;

  /**
   * What a message of Protobuf's takes for a byte at most: a list for each field it does not know.
   */
  private static final int BYTES_OF_A_BYTE = 100;

  private final byte[] bytes;
  private final long memory;
  private final int[] starts = new int[COUNT];
  private final int[] lengths = new int[COUNT];
  private int version;
  private int root;
  private PickleStyle style = new PickleStyle(0, false, 0, new long[0], 0, new byte[0], true);

  private PackedFields(byte[] bytes, long memory) {
    this.bytes = bytes;
    this.memory = memory;
  }

  static PackedFields parse(byte[] bytes, Limits limits) throws CodecException {
    long memory = limits.memoryToDecode();
    try {
      var fields = new PackedFields(bytes, memory);
      if (fields.read()) {
        return fields;
      }
      // Another writer may split fields or not pack them: protobuf's own parser puts them together.
      if (bytes.length > memory / BYTES_OF_A_BYTE) {
        throw LimitException.memory(limits.memory());
      }
      fields = new PackedFields(SaveGraph.parseFrom(bytes).toByteArray(), memory);
      if (!fields.read()) {
        throw new DamagedException("the message has a field in a form that cannot be read");
      }
      return fields;
    } catch (IOException e) {
      // Its own reason is several sentences long.
      throw new DamagedException("the bytes are no Protobuf message, or not all of one");
    }
  }

  private boolean read() throws IOException, LimitException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    boolean[] seen = new boolean[COUNT];
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int number = WireFormat.getTagFieldNumber(tag);
      int type = WireFormat.getTagWireType(tag);
      if (number >= COUNT) {
        in.skipField(tag);
        continue;
      }
      boolean scalar = number == FieldNumbers.VERSION || number == FieldNumbers.ROOT;
      int expected = scalar ? WireFormat.WIRETYPE_VARINT : WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (seen[number] || type != expected) {
        return false;
      }
      seen[number] = true;
      if (number == FieldNumbers.VERSION) {
        version = in.readUInt32();
      } else if (number == FieldNumbers.ROOT) {
        root = in.readUInt32();
      } else if (number == FieldNumbers.STYLE) {
        int outer = in.pushLimit(in.readRawVarint32());
        style = StyleFields.read(in, memory);
        in.popLimit(outer);
      } else {
        int length = in.readRawVarint32();
        starts[number] = in.getTotalBytesRead();
        lengths[number] = length;
        in.skipRawBytes(length);
      }
    }
    return true;
  }

  byte[] bytes() {
    return bytes;
  }

  int version() {
    return version;
  }

  int root() {
    return root;
  }

  PickleStyle style() {
    return style;
  }

  /** The bytes of heap that the style takes. */
  long styleFootprint() {
    return style.trailing().length + (long) Long.BYTES * style.frames().length;
  }

  int start(int number) {
    return starts[number];
  }

  int length(int number) {
    return lengths[number];
  }

  ByteInput source(int number, String name) {
    return new ByteInput(
        bytes, starts[number], starts[number] + lengths[number], "the field " + name);
  }
}
