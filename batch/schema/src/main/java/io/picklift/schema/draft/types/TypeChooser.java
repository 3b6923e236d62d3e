package io.picklift.schema.draft.types;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ColumnType.Base;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.scalar.ScalarProfile;
import io.picklift.schema.profile.scalar.SizeRange;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which column type holds most of what a place showed, with room for what is still to come. */
public final class TypeChooser {
  /** Longer texts are seldom searched: TEXT. */
  private static final int[] VARCHARS = {16, 40, 80, 160, 255};

  private static final int[] VARBINARIES = {16, 32, 64, 128, 255};
  private static final long BLOB = 65_535;
  private static final long MEDIUM = (1 << 24) - 1;

  /** Whole numbers may grow by this. */
  private static final BigInteger ROOM = BigInteger.valueOf(4);

  private static final int MOST_DIGITS = 65;
  private static final int MOST_PLACES = 30;

  /** So few of a place's Decimals, of all there are, do not make it longer. */
  private static final int RARE = 200;

  /** So few numbers beyond 64 bits are left to the residue. */
  private static final double FEW = 0.05;

  private final ValueProfile value;
  private @Nullable TypeChoice best;

  private TypeChooser(ValueProfile value) {
    this.value = value;
  }

  /**
   * The columns that hold the values of a place: one, or where values of several kinds stand there,
   * one a kind. Empty where there is no scalar value that a column holds.
   */
  public static List<TypeChoice> chooseAll(ValueProfile value) {
    TypeChoice one = choose(value);
    if (one == null && value.scalars() != null && value.scalars().unfitFloats() > 0) {
      return List.of(new TypeChoice(ColumnType.of(Base.DOUBLE), 0, 0));
    }
    if (one == null || one.fits() == one.of() || !isMixed(value)) {
      return one == null ? List.of() : List.of(one);
    }
    List<TypeChoice> many = new KindColumns(value).choose();
    return many.size() < 2 ? List.of(one) : many;
  }

  /** Whether there are kinds of values that no column holds together; one holds all numbers. */
  private static boolean isMixed(ValueProfile value) {
    int kinds = 0;
    boolean areNumbers = true;
    for (ValueKind kind : ValueKind.values()) {
      if (kind.isScalar() && value.count(kind) > 0) {
        kinds++;
        areNumbers &= kind == ValueKind.BOOL || kind == ValueKind.INT || kind == ValueKind.FLOAT;
      }
    }
    return kinds > 1 && !areNumbers;
  }

  /** The type; null where there is no scalar value at all. */
  public static @Nullable TypeChoice choose(ValueProfile value) {
    return new TypeChooser(value).choose();
  }

  private @Nullable TypeChoice choose() {
    long all = 0;
    for (ValueKind kind : ValueKind.values()) {
      all += kind.isScalar() ? value.count(kind) : 0;
    }
    all -= SpecialNumbers.count(value);
    ScalarProfile scalars = value.scalars();
    long bools = value.count(ValueKind.BOOL);
    if (scalars == null) {
      return bools == 0 ? null : new TypeChoice(ColumnType.of(Base.BOOLEAN), bools, all);
    }
    offer(ColumnType.of(Base.BOOLEAN), bools, all);
    numbers(scalars, bools, all);
    offer(text(scalars), value.count(ValueKind.TEXT) - scalars.surrogates(), all);
    offer(bytes(scalars.byteLengths()), value.count(ValueKind.BYTES), all);
    long times = scalars.unfitTimes();
    long datetimes = value.count(ValueKind.DATETIME);
    long dates = value.count(ValueKind.DATE);
    long daytimes = value.count(ValueKind.TIME);
    long instants = value.count(ValueKind.INSTANT) - scalars.unfitInstants();
    if (instants > 0 && (best == null || instants > best.fits())) {
      best = new TypeChoice(ColumnType.of(Base.DATETIME), instants, all, null, true);
    }
    // Which kind the unfit ones are of is not known: they count against the most frequent.
    offer(ColumnType.of(Base.DATETIME), Math.max(0, datetimes - times), all);
    offer(ColumnType.of(Base.DATE), datetimes > 0 ? dates : Math.max(0, dates - times), all);
    offer(ColumnType.of(Base.TIME), datetimes > 0 ? daytimes : Math.max(0, daytimes - times), all);
    offer(ColumnType.of(Base.BINARY), value.count(ValueKind.UUID), all);
    return best != null && best.fits() > 0 ? best : null;
  }

  private void offer(ColumnType type, long fits, long of) {
    if (fits > 0 && (best == null || fits > best.fits())) {
      best = new TypeChoice(type, fits, of);
    }
  }

  private void numbers(ScalarProfile scalars, long bools, long all) {
    long ints = value.count(ValueKind.INT);
    long floats = value.count(ValueKind.FLOAT);
    long fitFloats = floats - scalars.unfitFloats();
    if (ints > 0) {
      boolean isBig = scalars.bigInts() > FEW * ints;
      long unfit = isBig ? 0 : scalars.bigInts();
      offer(
          isBig ? big(scalars.bigMost().max(mostOf(scalars))) : integer(scalars),
          ints - unfit + bools + Math.max(0, fitFloats - scalars.fractions()),
          all);
    }
    if (floats > 0 && (scalars.fractions() > 0 || ints == 0)) {
      offer(ColumnType.of(Base.DOUBLE), fitFloats + ints + bools, all);
    }
    offer(
        new ColumnType(Base.BIGINT, 0, 0, false),
        value.count(ValueKind.DURATION) + (value.count(ValueKind.DURATION) > 0 ? ints : 0),
        all);
    decimals(scalars, ints, all);
  }

  private void decimals(ScalarProfile scalars, long ints, long all) {
    TypeChoice decimal = decimal(scalars, all);
    if (decimal != null) {
      offer(decimal.type(), decimal.fits() + (decimal.type().scale() == 0 ? ints : 0), all);
    }
  }

  /** The column of Decimals alone; null where none can be. */
  static @Nullable TypeChoice decimal(ScalarProfile scalars, long all) {
    int digits = Math.max(scalars.decimalDigits() + 4, 8);
    long decimals = scalars.scales().values().stream().mapToLong(Long::longValue).sum();
    int scale = 0;
    long fits = 0;
    for (Map.Entry<Integer, Long> entry : scalars.scales().entrySet()) {
      int places = entry.getKey();
      boolean isHeld = places <= MOST_PLACES && digits + places <= MOST_DIGITS;
      // A number of fewer places is shown as it is. So few of many more do not count.
      if (isHeld && (decimals - fits) * RARE >= decimals) {
        scale = places;
        fits += entry.getValue();
      }
    }
    return fits == 0
        ? null
        : new TypeChoice(new ColumnType(Base.DECIMAL, digits + scale, scale, false), fits, all);
  }

  static ColumnType whole(ScalarProfile scalars, long ints) {
    boolean isBig = scalars.bigInts() > FEW * ints;
    return isBig ? big(scalars.bigMost().max(mostOf(scalars))) : integer(scalars);
  }

  static BigInteger mostOf(ScalarProfile scalars) {
    return scalars.intMax().max(scalars.intMin().negate()).multiply(ROOM);
  }

  static ColumnType integer(ScalarProfile scalars) {
    int bits = mostOf(scalars).bitLength();
    if (bits < Short.SIZE) {
      return ColumnType.of(Base.SMALLINT);
    }
    return ColumnType.of(bits < Integer.SIZE ? Base.INT : Base.BIGINT);
  }

  static ColumnType big(BigInteger most) {
    int digits = most.toString().length() + 1;
    return digits > MOST_DIGITS
        ? ColumnType.of(Base.BIGINT)
        : new ColumnType(Base.DECIMAL, digits, 0, false);
  }

  static ColumnType text(ScalarProfile scalars) {
    return text(scalars.characters().max(), scalars.textBytes());
  }

  static ColumnType text(long characters, long bytes) {
    for (int size : VARCHARS) {
      if (characters * 2 <= size) {
        return ColumnType.of(Base.VARCHAR, size);
      }
    }
    long room = bytes * 2;
    return ColumnType.of(
        room <= BLOB ? Base.TEXT : room <= MEDIUM ? Base.MEDIUMTEXT : Base.LONGTEXT);
  }

  /** Digests and tokens are all of one length, and stay so; others may grow. */
  static ColumnType bytes(SizeRange lengths) {
    boolean areAlike = lengths.count() > 1 && lengths.min() == lengths.max();
    return bytes(areAlike ? lengths.max() : lengths.max() * 2);
  }

  /** The type for so many bytes. */
  public static ColumnType bytes(long room) {
    for (int size : VARBINARIES) {
      if (room <= size) {
        return ColumnType.of(Base.VARBINARY, size);
      }
    }
    return ColumnType.of(
        room <= BLOB ? Base.BLOB : room <= MEDIUM ? Base.MEDIUMBLOB : Base.LONGBLOB);
  }
}
