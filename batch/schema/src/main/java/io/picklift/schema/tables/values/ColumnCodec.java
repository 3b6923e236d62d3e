package io.picklift.schema.tables.values;

import io.picklift.schema.mapping.ColumnOptions;
import io.picklift.schema.mapping.ColumnType;

/**
 * Whether a column holds a value exactly: asked here and nowhere else. For every value that {@link
 * #encode} says fits, {@link #decode} of the cell gives that value again.
 */
public abstract class ColumnCodec {
  /** What became of a value. */
  public enum Fit {
    /** The cell holds it exactly. */
    EXACT,
    /** The cell shows it, but it cannot be told from the cell alone. */
    SHOWN,
    /** The cell is NULL: the column cannot hold it. */
    UNFIT
  }

  /**
   * Adds a cell for a value, which is not None.
   *
   * @return where it is {@link Fit#UNFIT}, no cell was added
   */
  public abstract Fit encode(Scalar value, ColumnData cells);

  /**
   * Reads a cell that is not NULL.
   *
   * @param kind what the value was; where the cell cannot be one, the column's own kind is taken
   */
  public abstract void decode(ColumnData cells, int row, Scalar.Type kind, Scalar value);

  /** The codec of a column; JSON has none, since its cells hold many values. */
  public static ColumnCodec of(ColumnType type, ColumnOptions options) {
    ColumnCodec all = options.isUtc() ? new TimeCodecs.Instant() : of(type);
    return options.isOfOneKind() ? OneKindCodec.of(all, type, options) : all;
  }

  /** The codec of a type with no options. */
  public static ColumnCodec of(ColumnType type) {
    return switch (type.base()) {
      case BOOLEAN -> new NumberCodecs.Whole(0, 1, true);
      case TINYINT -> NumberCodecs.whole(8, type.unsigned());
      case SMALLINT -> NumberCodecs.whole(16, type.unsigned());
      case MEDIUMINT -> NumberCodecs.whole(24, type.unsigned());
      case INT -> NumberCodecs.whole(32, type.unsigned());
      case BIGINT -> NumberCodecs.whole(64, type.unsigned());
      case DOUBLE -> new NumberCodecs.Real();
      case DECIMAL -> new NumberCodecs.Decimal(type.size(), type.scale());
      case VARCHAR -> new TextCodecs.Text(type.size(), Integer.MAX_VALUE);
      case TEXT -> new TextCodecs.Text(Integer.MAX_VALUE, 65_535);
      case MEDIUMTEXT -> new TextCodecs.Text(Integer.MAX_VALUE, (1 << 24) - 1);
      case LONGTEXT -> new TextCodecs.Text(Integer.MAX_VALUE, Integer.MAX_VALUE);
      case DATETIME -> new TimeCodecs.DateTime();
      case DATE -> new TimeCodecs.Plain(Scalar.Type.DATE);
      case TIME -> new TimeCodecs.Plain(Scalar.Type.TIME);
      case BINARY -> new TextCodecs.Uuid();
      case VARBINARY -> new TextCodecs.Blob(type.size());
      case BLOB -> new TextCodecs.Blob(65_535);
      case MEDIUMBLOB -> new TextCodecs.Blob((1 << 24) - 1);
      case LONGBLOB -> new TextCodecs.Blob(Integer.MAX_VALUE);
      case JSON -> throw new IllegalArgumentException("a JSON column holds no single value");
    };
  }
}
