package io.picklift.app.follow.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key column of the followed table, and how its values in the log become the text that a page of
 * the source has for them.
 *
 * @param name the column
 * @param place its place among the table's columns, from 0
 * @param declared its type as the server shows it, like {@code int unsigned}
 * @param text decodes the bytes of a text column; null for another column
 */
record KeyColumn(String name, int place, String declared, @Nullable CharsetText text) {
  /**
   * Whether values of a declared type can be taken from the log. MariaDB stores some of its own
   * types in a form that only the server turns into text.
   */
  static boolean isReadable(String declared) {
    String type = declared.toLowerCase(Locale.ROOT).replaceFirst("[ (].*", "");
    return switch (type) {
      case "tinyint",
          "smallint",
          "mediumint",
          "int",
          "bigint",
          "year",
          "bit",
          "decimal",
          "double",
          "char",
          "varchar",
          "tinytext",
          "text",
          "mediumtext",
          "longtext",
          "binary",
          "varbinary",
          "tinyblob",
          "blob",
          "mediumblob",
          "longblob",
          "enum",
          "set",
          "date",
          "time",
          "datetime",
          "timestamp" ->
          true;
      default -> false;
    };
  }

  /** Whether values of a type in the log are those of the column as it is declared. */
  boolean isOf(WireType type) {
    String base = declared.toLowerCase(Locale.ROOT).replaceFirst("[ (].*", "");
    return switch (base) {
      case "tinyint" -> type.code() == WireType.TINY;
      case "smallint" -> type.code() == WireType.SHORT;
      case "mediumint" -> type.code() == WireType.INT24;
      case "int" -> type.code() == WireType.LONG;
      case "bigint" -> type.code() == WireType.LONGLONG;
      case "year" -> type.code() == WireType.YEAR;
      case "bit" -> type.code() == WireType.BIT;
      case "decimal" -> type.code() == WireType.NEWDECIMAL;
      case "double" -> type.code() == WireType.DOUBLE;
      case "enum" -> type.code() == WireType.ENUM;
      case "set" -> type.code() == WireType.SET;
      case "date" -> type.code() == WireType.DATE;
      case "datetime" -> type.code() == WireType.DATETIME2;
      case "timestamp" -> type.code() == WireType.TIMESTAMP2;
      case "time" -> type.code() == WireType.TIME2;
      case "char", "binary", "varchar", "varbinary" ->
          type.code() == WireType.STRING
              || type.code() == WireType.VARCHAR
              || type.code() == WireType.VAR_STRING;
      default -> type.code() >= WireType.TINY_BLOB && type.code() <= WireType.BLOB;
    };
  }

  /** Reads a value, whose length in bytes was read before. */
  String read(LogInput in, WireType type, long length) throws IOException {
    return switch (type.code()) {
      case WireType.TINY, WireType.SHORT, WireType.INT24, WireType.LONG, WireType.LONGLONG ->
          whole(in.little((int) length), (int) length);
      case WireType.YEAR -> year(in.u8());
      case WireType.BIT -> bits(in.bytes(length));
      case WireType.NEWDECIMAL -> DecimalText.of(in.bytes(length), type.precision(), type.scale());
      case WireType.DOUBLE -> String.valueOf(Double.longBitsToDouble(in.little(8)));
      case WireType.DATE -> TimeTexts.date(in);
      case WireType.DATETIME2 -> TimeTexts.dateTime(in, type);
      case WireType.TIMESTAMP2 -> TimeTexts.timestamp(in, type);
      case WireType.TIME2 -> TimeTexts.time(in, type);
      case WireType.ENUM -> choice((int) in.little((int) length));
      case WireType.SET -> choices(in.little((int) length));
      case WireType.STRING,
          WireType.VARCHAR,
          WireType.VAR_STRING,
          WireType.BLOB,
          WireType.TINY_BLOB,
          WireType.MEDIUM_BLOB,
          WireType.LONG_BLOB ->
          text(in.bytes(length));
      default -> throw new LogFormatException("key column '" + name + "' has the type " + type);
    };
  }

  private String whole(long value, int bytes) {
    if (declared.contains("unsigned") || declared.contains("zerofill")) {
      return Long.toUnsignedString(value);
    }
    int unused = Long.SIZE - Byte.SIZE * bytes;
    return Long.toString((value << unused) >> unused);
  }

  private static String year(int value) {
    return value == 0 ? "0" : Integer.toString(1900 + value);
  }

  private static String bits(byte[] bytes) {
    return new java.math.BigInteger(1, bytes).toString();
  }

  private String text(byte[] bytes) throws IOException {
    if (text != null) {
      return text.of(bytes);
    }
    // The log drops the zeros at the end of a BINARY, which the server adds to every value.
    String type = declared.toLowerCase(Locale.ROOT);
    int width = type.startsWith("binary(") ? Integer.parseInt(type.replaceAll("\\D", "")) : 0;
    return HexFormat.of().formatHex(java.util.Arrays.copyOf(bytes, Math.max(width, bytes.length)));
  }

  private String choice(int number) throws LogFormatException {
    List<String> choices = declaredChoices();
    if (number > choices.size()) {
      throw new LogFormatException("key column '" + name + "' has no choice number " + number);
    }
    return number == 0 ? "" : choices.get(number - 1);
  }

  private String choices(long set) {
    List<String> all = declaredChoices();
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if ((set >> i & 1) == 1) {
        chosen.add(all.get(i));
      }
    }
    return String.join(",", chosen);
  }

  /** What stands in {@code enum('a','it''s')}. */
  private List<String> declaredChoices() {
    List<String> choices = new ArrayList<>();
    StringBuilder choice = new StringBuilder();
    boolean isWithin = false;
    for (int i = declared.indexOf('(') + 1; i < declared.length(); i++) {
      char c = declared.charAt(i);
      if (c != '\'') {
        if (isWithin) {
          choice.append(c);
        }
      } else if (isWithin && i + 1 < declared.length() && declared.charAt(i + 1) == '\'') {
        choice.append(c);
        i++;
      } else if (isWithin) {
        choices.add(choice.toString());
        choice.setLength(0);
        isWithin = false;
      } else {
        isWithin = true;
      }
    }
    return choices;
  }
}
