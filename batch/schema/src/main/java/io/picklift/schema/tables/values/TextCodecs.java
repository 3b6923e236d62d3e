package io.picklift.schema.tables.values;

import io.picklift.codec.text.Utf8;

/** Columns of text and of bytes. */
final class TextCodecs {
  private TextCodecs() {}

  /** VARCHAR and the TEXT types. */
  static final class Text extends ColumnCodec {
    private final int mostCharacters;
    private final int mostBytes;

    Text(int mostCharacters, int mostBytes) {
      this.mostCharacters = mostCharacters;
      this.mostBytes = mostBytes;
    }

    @Override
    public Fit encode(Scalar value, ColumnData cells) {
      if (value.type != Scalar.Type.TEXT
          || value.length > mostBytes
          || !Utf8.isStrict(value.bytes, value.offset, value.length)
          || (value.length > mostCharacters && characters(value) > mostCharacters)) {
        return Fit.UNFIT;
      }
      cells.add(value.bytes, value.offset, value.length);
      return Fit.EXACT;
    }

    private static int characters(Scalar value) {
      int count = 0;
      for (int i = value.offset; i < value.offset + value.length; i++) {
        // Every byte but those that continue a character.
        count += (value.bytes[i] & 0xc0) == 0x80 ? 0 : 1;
      }
      return count;
    }

    @Override
    public void decode(ColumnData cells, int row, Scalar.Type kind, Scalar value) {
      int start = cells.start(row);
      value.bytes(Scalar.Type.TEXT, cells.pool(), start, cells.end(row) - start);
    }
  }

  /** VARBINARY and the BLOB types. */
  static final class Blob extends ColumnCodec {
    private final int most;

    Blob(int most) {
      this.most = most;
    }

    @Override
    public Fit encode(Scalar value, ColumnData cells) {
      if (value.type != Scalar.Type.BYTES || value.length > most) {
        return Fit.UNFIT;
      }
      cells.add(value.bytes, value.offset, value.length);
      return Fit.EXACT;
    }

    @Override
    public void decode(ColumnData cells, int row, Scalar.Type kind, Scalar value) {
      int start = cells.start(row);
      value.bytes(Scalar.Type.BYTES, cells.pool(), start, cells.end(row) - start);
    }
  }

  /** BINARY(16): a UUID's bytes in the order that it is written in. */
  static final class Uuid extends ColumnCodec {
    @Override
    public Fit encode(Scalar value, ColumnData cells) {
      if (value.type != Scalar.Type.UUID) {
        return Fit.UNFIT;
      }
      cells.add(value.bytes, value.offset, value.length);
      return Fit.EXACT;
    }

    @Override
    public void decode(ColumnData cells, int row, Scalar.Type kind, Scalar value) {
      int start = cells.start(row);
      value.bytes(Scalar.Type.UUID, cells.pool(), start, cells.end(row) - start);
    }
  }
}
