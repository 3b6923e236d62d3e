package io.picklift.app.companion;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ColumnType.Base;

/**
 * A column of a companion's table.
 *
 * @param from the source's column
 * @param source the type that this one has
 * @param isRequired whether a row without a value of {@code type} is refused
 */
record CompanionColumn(
    String name, String from, DeclaredType source, ColumnType type, boolean isRequired) {
  private static final int CHOICE_CHARACTERS = 255;

  /** Numbers and times have no longer text. */
  private static final int PLAIN_CHARACTERS = 80;

  private static final long TEXT_BYTES = 65_535;
  private static final long MEDIUM_BYTES = (1L << 24) - 1;

  /** Whether there may be values that this column does not give back exactly. */
  boolean hasBeside() {
    return switch (source.family()) {
      case NUMBER -> !takesNumber() && !takesCharacters(PLAIN_CHARACTERS);
      case REAL -> type.base() != Base.DOUBLE && !takesCharacters(PLAIN_CHARACTERS);
      case TIME ->
          !(type.base() == Base.TIME && source.base().equals("time"))
              && !takesCharacters(PLAIN_CHARACTERS);
      case TEXT -> !takesText();
      case JSON -> type.base() != Base.JSON && type.base() != Base.LONGTEXT;
      case BYTES -> !takesBytes();
    };
  }

  /** What the column beside is called. */
  String beside() {
    return name + (source.family() == DeclaredType.Family.BYTES ? "_bytes" : "_text");
  }

  private boolean takesNumber() {
    if (type.base() == Base.DECIMAL && source.base().equals("decimal")) {
      int scale = Math.max(0, source.scale());
      return type.scale() >= scale && type.size() - type.scale() >= source.size() - scale;
    }
    int bits =
        switch (type.base()) {
          case TINYINT -> 8;
          case SMALLINT -> 16;
          case MEDIUMINT -> 24;
          case INT -> 32;
          case BIGINT -> 64;
          default -> 0;
        };
    if (source.bits() == 0 || bits == 0) {
      return false;
    }
    boolean isUnsigned = source.isUnsigned() || source.base().equals("year");
    return isUnsigned == type.unsigned()
        ? bits >= source.bits()
        : isUnsigned && bits > source.bits();
  }

  private boolean takesCharacters(int characters) {
    return switch (type.base()) {
      case VARCHAR -> type.size() >= characters;
      case TEXT, MEDIUMTEXT, LONGTEXT -> true;
      default -> false;
    };
  }

  private boolean takesText() {
    String collation = source.collation() == null ? "" : source.collation();
    // A byte of another character set may become up to three in UTF-8.
    int growth = collation.startsWith("utf8") ? 1 : 3;
    long bytes =
        switch (source.base()) {
          case "char", "varchar" -> source.size() * 4L;
          case "enum", "set" -> CHOICE_CHARACTERS * 4L;
          case "tinytext" -> 255L * growth;
          case "text" -> TEXT_BYTES * growth;
          case "mediumtext" -> MEDIUM_BYTES * growth;
          default -> Long.MAX_VALUE;
        };
    return switch (type.base()) {
      case VARCHAR -> bytes <= type.size() * 4L && !source.base().equals("set");
      case TEXT -> bytes <= TEXT_BYTES;
      case MEDIUMTEXT -> bytes <= MEDIUM_BYTES;
      case LONGTEXT -> true;
      default -> false;
    };
  }

  private boolean takesBytes() {
    long bytes =
        switch (source.base()) {
          case "binary", "varbinary" -> source.size();
          case "tinyblob" -> 255;
          case "blob" -> TEXT_BYTES;
          case "mediumblob" -> MEDIUM_BYTES;
          default -> Long.MAX_VALUE;
        };
    return switch (type.base()) {
      case BINARY -> source.base().equals("binary") && source.size() == type.size();
      case VARBINARY -> bytes <= type.size();
      case BLOB -> bytes <= TEXT_BYTES;
      case MEDIUMBLOB -> bytes <= MEDIUM_BYTES;
      case LONGBLOB -> true;
      default -> false;
    };
  }
}
