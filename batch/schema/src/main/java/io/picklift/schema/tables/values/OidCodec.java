package io.picklift.schema.tables.values;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A {@code BIGINT} of eight bytes, big-endian: an object id of ZODB as the number that its storages
 * have as their key, so that references join.
 */
final class OidCodec extends ColumnCodec {
  @Override
  public Fit encode(Scalar value, ColumnData cells) {
    // Python 2 has an object id as a str, which may well be text.
    boolean isBytes = value.type == Scalar.Type.BYTES || value.type == Scalar.Type.TEXT;
    if (!isBytes || value.length != Long.BYTES) {
      return Fit.UNFIT;
    }
    cells.add(ByteBuffer.wrap(value.bytes, value.offset, value.length).getLong());
    return Fit.EXACT;
  }

  @Override
  public void decode(ColumnData cells, int row, Scalar.Type kind, Scalar value) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(cells.number(row)).array();
    Scalar.Type as = kind == Scalar.Type.TEXT ? Scalar.Type.TEXT : Scalar.Type.BYTES;
    value.bytes(as, Arrays.copyOf(bytes, Long.BYTES));
  }
}
