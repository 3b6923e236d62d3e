package io.picklift.schema.tables.values;

import io.picklift.schema.mapping.ColumnOptions;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ScalarKind;
import java.util.Objects;

/** A column that holds values of one kind alone, whatever else its type could hold. */
final class OneKindCodec extends ColumnCodec {
  private final ColumnCodec all;
  private final Scalar.Type kind;

  private OneKindCodec(ColumnCodec all, Scalar.Type kind) {
    this.all = all;
    this.kind = kind;
  }

  static ColumnCodec of(ColumnCodec all, ColumnType type, ColumnOptions options) {
    ScalarKind only = options.only();
    if (only == ScalarKind.BYTES && type.base() == ColumnType.Base.BIGINT) {
      return new OidCodec();
    }
    if (only == ScalarKind.SPECIAL) {
      return new SpecialCodec(type.size());
    }
    ScalarKind kind = only == null ? ScalarKind.of(type, options.isUtc()) : only;
    return new OneKindCodec(all, KindNames.type(Objects.requireNonNull(kind)));
  }

  @Override
  public Fit encode(Scalar value, ColumnData cells) {
    return value.type == kind ? all.encode(value, cells) : Fit.UNFIT;
  }

  @Override
  public void decode(ColumnData cells, int row, Scalar.Type was, Scalar value) {
    all.decode(cells, row, kind, value);
  }
}
