package io.picklift.schema.export;

import io.picklift.schema.mapping.ColumnType;

/** The Protobuf type of a field. */
enum ProtoType {
  BOOL("bool"),
  INT32("int32"),
  UINT32("uint32"),
  INT64("int64"),
  UINT64("uint64"),
  DOUBLE("double"),
  STRING("string"),
  BYTES("bytes"),
  TIMESTAMP("google.protobuf.Timestamp"),
  /** Another message of the file. */
  MESSAGE("");

  private final String text;

  ProtoType(String text) {
    this.text = text;
  }

  /** As a {@code .proto} writes it; empty for {@link #MESSAGE}. */
  String text() {
    return text;
  }

  static ProtoType of(ColumnType type) {
    return switch (type.base()) {
      case BOOLEAN -> BOOL;
      case TINYINT, SMALLINT, MEDIUMINT, INT -> type.unsigned() ? UINT32 : INT32;
      case BIGINT -> type.unsigned() ? UINT64 : INT64;
      case DOUBLE -> DOUBLE;
      case DATETIME -> TIMESTAMP;
      case VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB -> BYTES;
      case DECIMAL, VARCHAR, TEXT, MEDIUMTEXT, LONGTEXT, DATE, TIME, BINARY, JSON -> STRING;
    };
  }
}
