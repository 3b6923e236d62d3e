package io.picklift.schema.profile.scalar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Ranges, lengths and peculiarities of the values that a column could hold. */
public final class ScalarProfile {
  private static final int MOST_SCALES = 32;

  /** As many places behind the point as JSON documents leave to the server. */
  private static final double FEW_DIGITS = 1_000_000;

  /** What DECIMAL holds. Longer ones take ever longer to compare. */
  private static final int MOST_DIGITS = 65;

  private long intMin = Long.MAX_VALUE;
  private long intMax = Long.MIN_VALUE;
  private final SmallNumbers small = new SmallNumbers();
  private long bigInts;
  private BigInteger bigMost = BigInteger.ZERO;
  private double floatMin = Double.POSITIVE_INFINITY;
  private double floatMax = Double.NEGATIVE_INFINITY;
  private long fractions;
  private long fineFloats;
  private long unfitFloats;
  private final SizeRange characters = new SizeRange();

  /** What was read of the text that was noted last. */
  private final TextScan last = new TextScan();

  private long textBytes;
  private long surrogates;
  private final SizeRange byteLengths = new SizeRange();
  private final SizeRange arrayElements = new SizeRange();
  private final SizeRange arrayBytes = new SizeRange();
  private final TreeMap<Integer, Long> scales = new TreeMap<>();
  private int decimalDigits;
  private long unfitDecimals;
  private long specialDecimals;
  private @Nullable BigDecimal decimalMin;
  private @Nullable BigDecimal decimalMax;
  private final TimeRange times = new TimeRange();
  private long unfitTimes;
  private long unfitInstants;
  private final DistinctCount distinct = new DistinctCount();
  private final TextShapes shapes = new TextShapes();

  public ScalarProfile() {}

  public void integer(long value) {
    if (small.add(value)) {
      intMin = Math.min(intMin, value);
      intMax = Math.max(intMax, value);
      distinct.add(ValueHash.of(value));
    }
  }

  public void bigInteger(BigInteger value) {
    bigInts++;
    bigMost = bigMost.max(value.abs());
    distinct.add(ValueHash.of(value.hashCode()));
  }

  public void real(double value) {
    if (!Double.isFinite(value) || (value == 0 && 1 / value < 0)) {
      unfitFloats++;
    } else {
      floatMin = Math.min(floatMin, value);
      floatMax = Math.max(floatMax, value);
      if (value != Math.rint(value)) {
        fractions++;
        double scaled = value * FEW_DIGITS;
        fineFloats += scaled == Math.rint(scaled) ? 0 : 1;
      }
    }
    distinct.add(ValueHash.of(Double.doubleToLongBits(value)));
  }

  /** Notes a text and gives its hash. */
  public long text(byte[] utf8, int offset, int length, long times) {
    last.read(utf8, offset, length);
    characters.add(last.characters(), times);
    textBytes = Math.max(textBytes, length);
    surrogates += last.hasSurrogate() ? times : 0;
    long hash = last.hash();
    distinct.add(hash);
    if (shapes.wants(hash)) {
      shapes.add(hash, utf8, offset, length);
    }
    return hash;
  }

  /** How many code points the text has that was noted last; -1 where it has a surrogate. */
  public int lastCharacters() {
    return last.hasSurrogate() ? -1 : last.characters();
  }

  /** Notes a text without surrogates that was noted before: only how many there are changes. */
  public void textAgain(int length) {
    characters.add(length);
  }

  public long bytes(byte[] from, int offset, int length) {
    byteLengths.add(length);
    long hash = ValueHash.of(from, offset, length);
    distinct.add(hash);
    return hash;
  }

  public void array(long elements, long bytes) {
    arrayElements.add(elements);
    arrayBytes.add(bytes);
  }

  /** Notes a Decimal's text, {@code str()} of itself. */
  public void decimal(String text) {
    distinct.add(ValueHash.of(text.hashCode()));
    int dot = text.indexOf('.');
    int scale = dot < 0 ? 0 : text.length() - dot - 1;
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c != '.' && !(c == '-' && i == 0)) {
        unfitDecimals++;
        specialDecimals += text.indexOf('N') >= 0 || text.indexOf('I') >= 0 ? 1 : 0;
        return;
      }
    }
    decimalDigits = Math.max(decimalDigits, digits - scale);
    if (digits <= MOST_DIGITS) {
      decimalRange(new BigDecimal(text));
    }
    if (scales.size() < MOST_SCALES || scales.containsKey(scale)) {
      scales.merge(scale, 1L, Long::sum);
    }
  }

  private void decimalRange(BigDecimal value) {
    decimalMin = decimalMin == null ? value : decimalMin.min(value);
    decimalMax = decimalMax == null ? value : decimalMax.max(value);
  }

  /**
   * Notes a datetime with a zone; {@code unfit} is one whose zone gives no offset for it, or before
   * the year 1000.
   */
  public void instant(String text, boolean unfit) {
    time(text, false);
    unfitInstants += unfit ? 1 : 0;
  }

  /** Notes a date, or a datetime without zone; {@code unfit} is one before the year 1000. */
  public void time(String text, boolean unfit) {
    timeOfDay(text, unfit);
    times.add(text);
  }

  /** Notes a time; {@code unfit} is one with a zone. */
  public void timeOfDay(String text, boolean unfit) {
    distinct.add(ValueHash.of(text.hashCode()));
    unfitTimes += unfit ? 1 : 0;
  }

  /** Notes a date or datetime by its state. */
  public void time(byte[] from, int offset, int length) {
    if (times.add(from, offset, length)) {
      distinct.add(ValueHash.of(from, offset, length));
    }
  }

  public void other(long hash) {
    distinct.add(ValueHash.of(hash));
  }

  public void merge(ScalarProfile other) {
    intMin = Math.min(intMin, other.intMin);
    intMax = Math.max(intMax, other.intMax);
    bigInts += other.bigInts;
    bigMost = bigMost.max(other.bigMost);
    floatMin = Math.min(floatMin, other.floatMin);
    floatMax = Math.max(floatMax, other.floatMax);
    fractions += other.fractions;
    fineFloats += other.fineFloats;
    unfitFloats += other.unfitFloats;
    characters.merge(other.characters);
    textBytes = Math.max(textBytes, other.textBytes);
    surrogates += other.surrogates;
    byteLengths.merge(other.byteLengths);
    arrayElements.merge(other.arrayElements);
    arrayBytes.merge(other.arrayBytes);
    other.scales.forEach((scale, count) -> scales.merge(scale, count, Long::sum));
    decimalDigits = Math.max(decimalDigits, other.decimalDigits);
    unfitDecimals += other.unfitDecimals;
    specialDecimals += other.specialDecimals;
    if (other.decimalMin != null && other.decimalMax != null) {
      decimalRange(other.decimalMin);
      decimalRange(other.decimalMax);
    }
    times.merge(other.times);
    unfitTimes += other.unfitTimes;
    unfitInstants += other.unfitInstants;
    distinct.merge(other.distinct);
    shapes.merge(other.shapes);
  }

  /** Whether there were whole numbers of up to 64 bits. */
  public boolean hasInts() {
    return intMin <= intMax;
  }

  /** 0 where there were none. */
  public BigInteger intMin() {
    return hasInts() ? BigInteger.valueOf(intMin) : BigInteger.ZERO;
  }

  /** 0 where there were none. */
  public BigInteger intMax() {
    return hasInts() ? BigInteger.valueOf(intMax) : BigInteger.ZERO;
  }

  /** Whole numbers beyond 64 bits; {@link #intMin} and {@link #intMax} are of the others. */
  public long bigInts() {
    return bigInts;
  }

  /** The largest absolute value of the whole numbers beyond 64 bits. */
  public BigInteger bigMost() {
    return bigMost;
  }

  public boolean hasFloats() {
    return floatMin <= floatMax;
  }

  /** Of finite floats. */
  public double floatMin() {
    return floatMin;
  }

  public double floatMax() {
    return floatMax;
  }

  /** Floats of more digits behind the point than a server's JSON gives back for sure. */
  public long fineFloats() {
    return fineFloats;
  }

  /** Floats that are no whole number. */
  public long fractions() {
    return fractions;
  }

  /** nan, infinities and -0.0. */
  public long unfitFloats() {
    return unfitFloats;
  }

  /** Lengths of texts, in code points. */
  public SizeRange characters() {
    return characters;
  }

  /** The longest text in UTF-8. */
  public long textBytes() {
    return textBytes;
  }

  /** Texts with a lone surrogate. */
  public long surrogates() {
    return surrogates;
  }

  /** How many elements the numpy arrays have. */
  public SizeRange arrayElements() {
    return arrayElements;
  }

  /** How many bytes these take. */
  public SizeRange arrayBytes() {
    return arrayBytes;
  }

  public SizeRange byteLengths() {
    return byteLengths;
  }

  /** Decimals by their number of places. */
  public SortedMap<Integer, Long> scales() {
    return Collections.unmodifiableSortedMap(scales);
  }

  /** Most digits of a Decimal before the point. */
  public int decimalDigits() {
    return decimalDigits;
  }

  /** Of Decimals of up to 65 digits without exponent; null where there were none. */
  public @Nullable BigDecimal decimalMin() {
    return decimalMin;
  }

  public @Nullable BigDecimal decimalMax() {
    return decimalMax;
  }

  /** Of dates and datetimes. */
  public TimeRange times() {
    return times;
  }

  /** Decimals that are NaN, infinite or have an exponent. */
  public long unfitDecimals() {
    return unfitDecimals;
  }

  /** Floats and Decimals that no column of numbers holds, and that have a name instead. */
  public long specials() {
    return unfitFloats + specialDecimals;
  }

  /** Datetimes whose zone gives no offset for them, or before the year 1000. */
  public long unfitInstants() {
    return unfitInstants;
  }

  /** Times with a zone, and dates before the year 1000. */
  public long unfitTimes() {
    return unfitTimes;
  }

  /** About how many different values there are. */
  public long distinct() {
    return distinct.estimate();
  }

  /** Which share of the values is among those of another place, or the other way round. */
  public double overlap(ScalarProfile other) {
    return distinct.overlap(other.distinct);
  }

  /** What texts look like. */
  public List<String> shapes() {
    return shapes.list();
  }
}
