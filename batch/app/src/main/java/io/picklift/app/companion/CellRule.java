package io.picklift.app.companion;

import io.picklift.app.companion.DeclaredType.Family;
import io.picklift.schema.mapping.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns a column's source values into typed ones. A value that its type has none for leaves the
 * typed column NULL; where source and typed column do not say the same to the letter, the source's
 * value is kept beside.
 */
final class CellRule {
  /** No longer ones: a number of a million digits or an exponent of as many takes long to read. */
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,80}(?:\\.\\d{0,40})?");

  private static final Pattern REAL =
      Pattern.compile("[+-]?(?:\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})(?:[eE][+-]?\\d{1,4})?");

  private static final int UUID_BYTES = 16;
  private static final long TEXT_BYTES = 65_535;
  private static final long MEDIUM_BYTES = (1L << 24) - 1;

  private final CompanionColumn column;
  private final ColumnType type;
  private final Family family;

  CellRule(CompanionColumn column) {
    this.column = column;
    this.type = column.type();
    this.family = column.source().family();
  }

  /** What a value, a text or bytes, becomes. */
  CompanionCell cell(@Nullable Object source) {
    if (source == null) {
      return CompanionCell.NULL;
    }
    Object value = source instanceof byte[] bytes ? ofBytes(bytes) : ofText((String) source);
    if (!column.hasBeside() || (value != null && isExact(source, value))) {
      return new CompanionCell(value, null);
    }
    return new CompanionCell(value, source);
  }

  private @Nullable Object ofBytes(byte[] bytes) {
    return switch (type.base()) {
      case BINARY -> bytes.length == UUID_BYTES ? bytes : null;
      case VARBINARY -> bytes.length <= type.size() ? bytes : null;
      case BLOB -> bytes.length <= TEXT_BYTES ? bytes : null;
      case MEDIUMBLOB -> bytes.length <= MEDIUM_BYTES ? bytes : null;
      case LONGBLOB -> bytes;
      default -> {
        String text = utf8(bytes);
        yield text == null ? null : ofText(text);
      }
    };
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private @Nullable Object ofText(String text) {
    return switch (type.base()) {
      case BOOLEAN -> truth(text.strip());
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> whole(text.strip());
      case DECIMAL -> decimal(text.strip());
      case DOUBLE -> real(text.strip());
      case VARCHAR -> text.codePointCount(0, text.length()) <= type.size() ? text : null;
      case TEXT -> length(text) <= TEXT_BYTES ? text : null;
      case MEDIUMTEXT -> length(text) <= MEDIUM_BYTES ? text : null;
      case LONGTEXT -> text;
      case DATETIME -> TimeText.dateTime(text.strip());
      case DATE -> TimeText.date(text.strip());
      case TIME -> TimeText.time(text.strip());
      case JSON -> JsonText.isDocument(text) ? text : null;
      case BINARY -> uuid(text.strip());
      case VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB -> ofBytes(text.getBytes(StandardCharsets.UTF_8));
    };
  }

  private static long length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static @Nullable String truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "true" -> "1";
      case "0", "false" -> "0";
      default -> null;
    };
  }

  private @Nullable String whole(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return null;
    }
    BigDecimal number = new BigDecimal(text);
    if (number.stripTrailingZeros().scale() > 0) {
      return null;
    }
    BigInteger whole = number.toBigInteger();
    return type.isInRange(whole) ? whole.toString() : null;
  }

  private @Nullable String decimal(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return null;
    }
    BigDecimal number = new BigDecimal(text).stripTrailingZeros();
    boolean fits =
        number.scale() <= type.scale()
            && number.precision() - number.scale() <= type.size() - type.scale();
    return fits ? number.setScale(type.scale()).toPlainString() : null;
  }

  private static @Nullable Double real(String text) {
    if (!REAL.matcher(text).matches()) {
      return null;
    }
    double value = Double.parseDouble(text);
    // The servers do not keep a zero's sign.
    return Double.isInfinite(value) || (value == 0 && text.startsWith("-")) ? null : value;
  }

  private static byte @Nullable [] uuid(String text) {
    if (text.length() != 36 && text.length() != 32) {
      return null;
    }
    try {
      byte[] bytes = HexFormat.of().parseHex(text.replace("-", ""));
      return bytes.length == UUID_BYTES ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether the source's value comes back from the typed one, given the types of both. */
  private boolean isExact(Object source, Object value) {
    if (source instanceof byte[]) {
      return value instanceof byte[] || (value instanceof String && type.base().isText());
    }
    String text = (String) source;
    return switch (type.base()) {
      case BOOLEAN, TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, DECIMAL ->
          text.equals(value) || family == Family.NUMBER;
      case DOUBLE -> family == Family.REAL || text.equals(value.toString());
      case DATETIME, DATE, TIME ->
          family == Family.TIME || text.equals(TimeText.shortened(value.toString()));
      case JSON -> family == Family.JSON;
      case BINARY -> text.equals(uuidText((byte[]) value));
      case VARCHAR, TEXT, MEDIUMTEXT, LONGTEXT, VARBINARY, BLOB, MEDIUMBLOB, LONGBLOB -> true;
    };
  }

  private static String uuidText(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong()).toString();
  }
}
