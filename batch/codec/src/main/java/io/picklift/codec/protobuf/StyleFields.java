package io.picklift.codec.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.Records;
import io.picklift.proto.graph.v1.Style;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads {@code picklift.graph.v1.Style} without a message in between, which takes twenty times the
 * bytes where there are many frames.
 */
final class StyleFields {
  private static final int FRAMES =
      tag(Style.FRAMES_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int FRAME = tag(Style.FRAMES_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
  private static final int PROTOCOL = tag(Style.PROTOCOL_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
  private static final int PROTO = tag(Style.PROTO_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
  private static final int PUT_BASE = tag(Style.PUT_BASE_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
  private static final int BODY_LENGTH =
      tag(Style.BODY_LENGTH_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
  private static final int TRAILING =
      tag(Style.TRAILING_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int IRREGULAR =
      tag(Style.IRREGULAR_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);

  /** The number of {@code Style.records}. */
  static final int RECORDS_NUMBER = 8;

  private final CodedInputStream in;
  private final long memory;
  private int protocol;
  private boolean proto;
  private int putBase;
  private long bodyLength;
  private byte[] trailing = new byte[0];
  private boolean irregular;
  private int records;
  private long[] frames = new long[16];
  private int count;

  private StyleFields(CodedInputStream in, long memory) {
    this.in = in;
    this.memory = memory;
  }

  private static int tag(int number, int type) {
    return number << 3 | type;
  }

  /** Reads up to the stream's limit. */
  static PickleStyle read(CodedInputStream in, long memory) throws IOException, LimitException {
    StyleFields fields = new StyleFields(in, memory);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      fields.field(tag);
    }
    return new PickleStyle(
        fields.protocol,
        fields.proto,
        fields.putBase,
        Arrays.copyOf(fields.frames, fields.count),
        fields.bodyLength,
        fields.trailing,
        !fields.irregular,
        Records.of(fields.records));
  }

  private void field(int tag) throws IOException, LimitException {
    if (tag == FRAMES) {
      int outer = in.pushLimit(in.readRawVarint32());
      while (in.getBytesUntilLimit() > 0) {
        frame();
      }
      in.popLimit(outer);
    } else if (tag == FRAME) {
      frame();
    } else if (tag == PROTOCOL) {
      protocol = in.readUInt32();
    } else if (tag == PROTO) {
      proto = in.readBool();
    } else if (tag == PUT_BASE) {
      putBase = in.readUInt32();
    } else if (tag == BODY_LENGTH) {
      bodyLength = in.readSInt64();
    } else if (tag == TRAILING) {
      trailing = in.readByteArray();
    } else if (tag == tag(RECORDS_NUMBER, WireFormat.WIRETYPE_VARINT)) {
      records = in.readEnum();
    } else if (tag == IRREGULAR) {
      irregular = in.readBool();
    } else {
      in.skipField(tag);
    }
  }

  private void frame() throws IOException, LimitException {
    if (count == frames.length) {
      if ((long) Long.BYTES * 3 * count > memory) {
        throw LimitException.memory(memory);
      }
      frames = Arrays.copyOf(frames, count * 2);
    }
    frames[count++] = in.readUInt64();
  }
}
