package io.picklift.schema.tables.values;

import io.picklift.schema.mapping.ColumnType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The cells of one column of one save's rows, without a box a cell. What a cell is depends on the
 * column's type: a number in 64 bits (whole numbers, BOOLEAN, the bits of a DOUBLE, microseconds
 * since 1970 of a DATETIME, days since 1970 of a DATE, microseconds of a TIME), or bytes (UTF-8 of
 * text and JSON, digits of a DECIMAL, the 16 bytes of a UUID, bytes as they are).
 */
public final class ColumnData {
  private final ColumnType type;
  private final boolean wide;
  private long[] numbers = new long[16];
  private long[] nulls = new long[1];
  private byte[] pool = new byte[0];
  private int poolSize;
  private int size;

  public ColumnData(ColumnType type) {
    this.type = type;
    wide = isWide(type.base());
    if (wide) {
      pool = new byte[64];
    }
  }

  private static boolean isWide(ColumnType.Base base) {
    return base.isText()
        || base.isBytes()
        || base == ColumnType.Base.BINARY
        || base == ColumnType.Base.DECIMAL
        || base == ColumnType.Base.JSON;
  }

  public ColumnType type() {
    return type;
  }

  /** How many rows there are. */
  public int size() {
    return size;
  }

  /** About how many bytes of heap the cells take. */
  public long footprint() {
    return (long) Long.BYTES * (numbers.length + nulls.length) + pool.length;
  }

  public boolean isNull(int row) {
    return (nulls[row >> 6] >>> row & 1) != 0;
  }

  /** Whether cells are bytes and not numbers. */
  public boolean isWide() {
    return wide;
  }

  /** The cell of a column of numbers. */
  public long number(int row) {
    return numbers[row];
  }

  /** Where the cell's bytes start in {@link #pool}. */
  public int start(int row) {
    return row == 0 ? 0 : (int) numbers[row - 1];
  }

  /** Where the cell's bytes end in {@link #pool}. */
  public int end(int row) {
    return (int) numbers[row];
  }

  /** The bytes of all cells of a column of bytes: not a copy. */
  public byte[] pool() {
    return pool;
  }

  public void addNull() {
    room();
    nulls[size >> 6] |= 1L << size;
    numbers[size] = wide ? poolSize : 0;
    size++;
  }

  public void add(long number) {
    room();
    numbers[size++] = number;
  }

  public void add(byte[] from, int offset, int length) {
    room();
    if (poolSize + length > pool.length) {
      pool = Arrays.copyOf(pool, Math.max(Math.addExact(poolSize, length), pool.length * 2));
    }
    System.arraycopy(from, offset, pool, poolSize, length);
    poolSize += length;
    numbers[size++] = poolSize;
  }

  public void add(byte[] from) {
    add(from, 0, from.length);
  }

  /** Adds a copy of a cell of a column of the same type. */
  public void addCell(ColumnData from, int row) {
    if (from.isNull(row)) {
      addNull();
    } else if (wide) {
      add(from.pool, from.start(row), from.end(row) - from.start(row));
    } else {
      add(from.numbers[row]);
    }
  }

  /** Forgets all cells, and keeps the memory that they took. */
  public void clear() {
    size = 0;
    poolSize = 0;
    Arrays.fill(nulls, 0);
  }

  private void room() {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    if (size >> 6 >= nulls.length) {
      nulls = Arrays.copyOf(nulls, nulls.length * 2);
    }
  }

  /** Whether the two cells hold the same; both columns are of the same type. */
  public boolean sameCell(int row, ColumnData other, int otherRow) {
    if (isNull(row) || other.isNull(otherRow)) {
      return isNull(row) && other.isNull(otherRow);
    }
    if (!wide) {
      return numbers[row] == other.numbers[otherRow];
    }
    return Arrays.equals(
        pool, start(row), end(row), other.pool, other.start(otherRow), other.end(otherRow));
  }

  /** Whether all cells hold the same; both columns are of the same type. */
  public boolean sameCells(ColumnData other) {
    int words = (size + 63) >> 6;
    return size == other.size
        && Arrays.equals(numbers, 0, size, other.numbers, 0, size)
        && Arrays.equals(nulls, 0, words, other.nulls, 0, words)
        && Arrays.equals(pool, 0, poolSize, other.pool, 0, other.poolSize);
  }

  /**
   * Adds all cells to a hash: which are NULL, the numbers, and where cells end, and their bytes.
   */
  public void addTo(MessageDigest digest) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (((size + 63) >> 6) + size));
    LongBuffer longs = bytes.asLongBuffer();
    longs.put(nulls, 0, (size + 63) >> 6);
    longs.put(numbers, 0, size);
    digest.update(bytes);
    digest.update(pool, 0, poolSize);
  }

  /**
   * The cell as an object, for tests and messages to programs: null, Long, Double, String or bytes.
   */
  public Object value(int row) {
    if (isNull(row)) {
      return "NULL";
    }
    if (!wide) {
      return type.base() == ColumnType.Base.DOUBLE
          ? (Object) Double.longBitsToDouble(numbers[row])
          : (Object) numbers[row];
    }
    byte[] bytes = Arrays.copyOfRange(pool, start(row), end(row));
    if (type.base() == ColumnType.Base.DECIMAL) {
      return new BigDecimal(new String(bytes, StandardCharsets.US_ASCII));
    }
    return type.base().isText() || type.base() == ColumnType.Base.JSON
        ? new String(bytes, StandardCharsets.UTF_8)
        : bytes;
  }
}
