package io.picklift.schema.evolve;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ColumnType.Base;
import io.picklift.schema.tables.rows.SqlNames;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What becomes of a column's values when it gets another type. */
final class TypeChanges {
  private static final int TEXT_BYTES = 65_535;
  private static final int MEDIUM_BYTES = 16_777_215;
  private static final String EXACT = "9007199254740992";

  private TypeChanges() {}

  /** What sort of change it is. */
  static MappingChange.Kind kind(ColumnType then, ColumnType now) {
    if (!isOneFamily(then.base(), now.base())) {
      return now.base() == Base.JSON ? MappingChange.Kind.WIDENED : MappingChange.Kind.RETYPED;
    }
    return misfits("x", then, now) == null
        ? MappingChange.Kind.WIDENED
        : MappingChange.Kind.NARROWED;
  }

  private static boolean isOneFamily(Base then, Base now) {
    return then == now
        || (isNumber(then) && isNumber(now))
        || (then.isText() && now.isText())
        || (then.isBytes() && now.isBytes());
  }

  private static boolean isNumber(Base base) {
    return base.isInteger() || base == Base.BOOLEAN || base == Base.DOUBLE || base == Base.DECIMAL;
  }

  /** A condition for values that the new type will not hold; null where it holds all. */
  static @Nullable String misfits(String column, ColumnType then, ColumnType now) {
    String name = SqlNames.quote(column);
    if (!isOneFamily(then.base(), now.base())) {
      return now.base() == Base.JSON ? null : name + " IS NOT NULL";
    }
    return switch (now.base()) {
      case VARCHAR -> {
        boolean isShorter = then.base() != Base.VARCHAR || then.size() > now.size();
        yield isShorter ? "CHAR_LENGTH(" + name + ") > " + now.size() : null;
      }
      case VARBINARY -> {
        boolean isShorter = then.base() != Base.VARBINARY || then.size() > now.size();
        yield isShorter ? "LENGTH(" + name + ") > " + now.size() : null;
      }
      case TEXT, BLOB -> bytes(name, then, TEXT_BYTES);
      case MEDIUMTEXT, MEDIUMBLOB -> bytes(name, then, MEDIUM_BYTES);
      case BOOLEAN -> then.base() == Base.BOOLEAN ? null : name + " NOT IN (0, 1)";
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> integers(name, then, now);
      case DOUBLE -> doubles(name, then);
      case DECIMAL -> decimals(name, then, now);
      default -> null;
    };
  }

  private static @Nullable String bytes(String name, ColumnType then, int most) {
    long longest =
        switch (then.base()) {
          case VARCHAR -> 4L * then.size();
          case VARBINARY -> then.size();
          case TEXT, BLOB -> TEXT_BYTES;
          case MEDIUMTEXT, MEDIUMBLOB -> MEDIUM_BYTES;
          default -> Long.MAX_VALUE;
        };
    return longest > most ? "LENGTH(" + name + ") > " + most : null;
  }

  private static @Nullable String integers(String name, ColumnType then, ColumnType now) {
    String range = "NOT BETWEEN " + min(now) + " AND " + max(now);
    if (then.base() == Base.BOOLEAN) {
      return null;
    }
    if (then.base().isInteger()) {
      boolean isHeld = now.isInRange(min(then)) && now.isInRange(max(then));
      return isHeld ? null : name + " " + range;
    }
    return "(" + name + " <> FLOOR(" + name + ") OR " + name + " " + range + ")";
  }

  private static @Nullable String doubles(String name, ColumnType then) {
    boolean isHeld =
        then.base() == Base.DOUBLE
            || then.base() == Base.BOOLEAN
            || (then.base().isInteger() && then.base() != Base.BIGINT);
    if (then.base() == Base.DECIMAL) {
      return name + " IS NOT NULL";
    }
    return isHeld ? null : "ABS(" + name + ") > " + EXACT;
  }

  private static @Nullable String decimals(String name, ColumnType then, ColumnType now) {
    int digits = now.size() - now.scale();
    if (then.base() == Base.DECIMAL && then.scale() == now.scale()) {
      return then.size() <= now.size() ? null : tooLarge(name, digits);
    }
    boolean isWhole = then.base().isInteger() || then.base() == Base.BOOLEAN;
    return isWhole && now.scale() == 0 ? tooLarge(name, digits) : name + " IS NOT NULL";
  }

  private static String tooLarge(String name, int digits) {
    return "ABS(" + name + ") >= 1" + "0".repeat(digits);
  }

  private static BigInteger min(ColumnType type) {
    return type.unsigned() ? BigInteger.ZERO : BigInteger.ONE.shiftLeft(bits(type) - 1).negate();
  }

  private static BigInteger max(ColumnType type) {
    int bits = type.unsigned() ? bits(type) : bits(type) - 1;
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }

  private static int bits(ColumnType type) {
    return switch (type.base()) {
      case TINYINT -> 8;
      case SMALLINT -> 16;
      case MEDIUMINT -> 24;
      case INT -> 32;
      default -> 64;
    };
  }
}
