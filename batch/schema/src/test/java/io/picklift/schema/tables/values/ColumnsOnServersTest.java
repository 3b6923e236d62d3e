package io.picklift.schema.tables.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.tables.rows.RowReader;
import io.picklift.schema.tables.rows.RowWriter;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.StoredRows;
import io.picklift.schema.testing.TestDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/** What a column says it holds exactly comes back exactly, from a real server. */
@Tag("database")
class ColumnsOnServersTest {
  private static final int TRIES = 12;
  private static final int VALUES = 150;

  private record Value(Scalar.Type type, Object value) {
    void into(Scalar scalar) {
      if (value instanceof Long number) {
        scalar.number(type, number);
      } else if (value instanceof BigInteger number) {
        scalar.big(number);
      } else if (value instanceof Double number) {
        scalar.real(number);
      } else if (value instanceof byte[] bytes) {
        scalar.bytes(type, bytes);
      } else {
        throw new IllegalStateException(String.valueOf(value));
      }
    }
  }

  private static Object read(Scalar scalar) {
    return switch (scalar.type) {
      case FLOAT -> Double.doubleToRawLongBits(scalar.real);
      case TEXT, BYTES, DECIMAL, UUID ->
          Arrays.toString(
              Arrays.copyOfRange(scalar.bytes, scalar.offset, scalar.offset + scalar.length));
      case INT -> scalar.isBig ? scalar.big : BigInteger.valueOf(scalar.number);
      default -> scalar.number;
    };
  }

  /** Writes all that fits, reads it back, and compares; returns how many values did fit. */
  private static int check(String type, List<Value> values) throws Exception {
    Mapping mapping =
        Mapping.parse(
            "m", "{version: 1, tables: {t: {root: true, columns: {v: \"" + type + "\"}}}}");
    ColumnCodec codec = ColumnCodec.of(ColumnType.parse(type));
    SaveRows rows = new SaveRows(mapping, 5, Memory.beside(0, Limits.defaults()));
    List<Value> fitting = new ArrayList<>();
    Scalar scalar = new Scalar();
    for (Value value : values) {
      value.into(scalar);
      ColumnCodec.Fit fit = codec.encode(scalar, rows.table(0).column(0));
      if (fit != ColumnCodec.Fit.UNFIT) {
        rows.table(0).endRow(rows.table(0).size());
        fitting.add(fit == ColumnCodec.Fit.EXACT ? value : new Value(Scalar.Type.NONE, 0L));
      }
    }
    SaveRows back = throughServer(mapping, rows);
    assertThat(back.table(0).size()).isEqualTo(fitting.size());
    for (int row = 0; row < fitting.size(); row++) {
      ColumnData cells = back.table(0).column(0);
      assertThat(cells.sameCell(row, rows.table(0).column(0), row))
          .as("%s as %s", cells.value(row), rows.table(0).column(0).value(row))
          .isTrue();
      Value value = fitting.get(row);
      if (value.type() != Scalar.Type.NONE) {
        value.into(scalar);
        Object before = read(scalar);
        Scalar after = new Scalar();
        codec.decode(cells, row, value.type(), after);
        assertThat(after.type).isEqualTo(value.type());
        assertThat(read(after)).isEqualTo(before);
      }
    }
    return fitting.size();
  }

  private static SaveRows throughServer(Mapping mapping, SaveRows rows) throws Exception {
    Connection connection = Schema.CONNECTION;
    try (Statement statement = connection.createStatement()) {
      for (String sql : Ddl.drops(mapping)) {
        statement.execute(sql);
      }
      for (String sql : Ddl.statements(mapping)) {
        statement.execute(sql);
      }
    }
    new RowWriter(connection, mapping).write(List.of(rows));
    assertThat(StoredRows.same(connection, mapping.tables().get(0), Map.of(5L, rows.table(0))))
        .as("a type whose rows are never held equal is written again with each change of its save")
        .containsExactly(5L);
    return new RowReader(connection, mapping, Limits.defaults()).read(5);
  }

  @Property(
      tries = TRIES,
      seed = "1",
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void wholeNumbers(@ForAll("numbers") List<Value> values) throws Exception {
    int all = 0;
    for (String type :
        List.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT UNSIGNED",
            "MEDIUMINT",
            "INT UNSIGNED",
            "INT",
            "BIGINT",
            "BIGINT UNSIGNED",
            "DOUBLE",
            "DECIMAL(20,0)",
            "DECIMAL(10,2)")) {
      all += check(type, values);
    }
    assertThat(all).isPositive();
  }

  @Provide
  Arbitrary<List<Value>> numbers() {
    Arbitrary<Value> longs =
        Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.longs().between(-130, 260),
                Arbitraries.longs().between(-(1L << 54), 1L << 54))
            .map(n -> new Value(Scalar.Type.INT, n));
    Arbitrary<Value> bools = Arbitraries.of(0L, 1L).map(n -> new Value(Scalar.Type.BOOL, n));
    Arbitrary<Value> durations = Arbitraries.longs().map(n -> new Value(Scalar.Type.DURATION, n));
    Arbitrary<Value> bigs =
        Arbitraries.bigIntegers()
            .between(BigInteger.TEN.pow(25).negate(), BigInteger.TEN.pow(25))
            .map(
                n ->
                    n.bitLength() < 64
                        ? new Value(Scalar.Type.INT, n.longValue())
                        : new Value(Scalar.Type.INT, n));
    Arbitrary<Value> floats = doubles().map(d -> new Value(Scalar.Type.FLOAT, d));
    return Arbitraries.oneOf(longs, bools, durations, bigs, floats).list().ofSize(VALUES);
  }

  private static Arbitrary<Double> doubles() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(Double::longBitsToDouble),
        Arbitraries.integers().map(i -> i / 100.0),
        Arbitraries.of(
            0.0,
            -0.0,
            1.0,
            Double.NaN,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            -Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.NEGATIVE_INFINITY,
            0.1,
            1e22,
            9.999999999999999E22,
            2.225073858507201E-308,
            9007199254740992.0,
            4.9E-324,
            1.7976931348623157E308));
  }

  @Property(
      tries = TRIES,
      seed = "1",
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void decimals(@ForAll("decimalTexts") List<Value> values) throws Exception {
    int all = 0;
    for (String type :
        List.of("DECIMAL(18,2)", "DECIMAL(65,30)", "DECIMAL(5,5)", "DECIMAL(30,0)")) {
      all += check(type, values);
    }
    assertThat(all).isPositive();
  }

  @Provide
  Arbitrary<List<Value>> decimalTexts() {
    Arbitrary<String> texts =
        Arbitraries.oneOf(
            Arbitraries.bigDecimals()
                .between(BigDecimal.TEN.pow(17).negate(), BigDecimal.TEN.pow(17))
                .ofScale(2)
                .map(BigDecimal::toString),
            Arbitraries.bigDecimals().ofScale(7).map(BigDecimal::toString),
            Arbitraries.of(
                "1.10",
                "1.1",
                "-0.00",
                "0.00",
                "0",
                "-0",
                "1E+3",
                "1E-7",
                "NaN",
                "sNaN",
                "Infinity",
                "-Infinity",
                "0E-30",
                "0.0000001",
                "99999",
                "1E+999999"));
    return texts
        .map(t -> new Value(Scalar.Type.DECIMAL, t.getBytes(StandardCharsets.US_ASCII)))
        .list()
        .ofSize(VALUES);
  }

  @Property(
      tries = TRIES,
      seed = "1",
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void texts(@ForAll("anyTexts") List<Value> values) throws Exception {
    int all = 0;
    for (String type : List.of("VARCHAR(1)", "VARCHAR(20)", "TEXT", "MEDIUMTEXT", "LONGTEXT")) {
      all += check(type, values);
    }
    assertThat(all).isPositive();
  }

  @Provide
  Arbitrary<List<Value>> anyTexts() {
    Arbitrary<Integer> codePoints =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 0x7f),
            Arbitraries.of(
                0, 0x1a, 0x27, 0x22, 0x5c, 0x25, 0x5f, 0x3f, 0x7b, 0x20, 0x0a, 0x0d, 0x7f),
            Arbitraries.integers().between(0x80, 0x10ffff),
            Arbitraries.integers().between(0xd7f0, 0xe010),
            Arbitraries.of(0xfeff, 0xfffe, 0xffff, 0x1f40d, 0x301, 0xdf, 0x130));
    return codePoints
        .list()
        .ofMaxSize(24)
        .map(points -> new Value(Scalar.Type.TEXT, utf8(points)))
        .list()
        .ofSize(VALUES);
  }

  /** UTF-8 in which surrogates stand as three bytes, as Python pickles them. */
  private static byte[] utf8(List<Integer> points) {
    var out = new java.io.ByteArrayOutputStream();
    for (int p : points) {
      if (p >= 0xd800 && p < 0xe000) {
        out.write(0xe0 | p >> 12);
        out.write(0x80 | (p >> 6 & 0x3f));
        out.write(0x80 | (p & 0x3f));
      } else {
        out.writeBytes(Character.toString(p).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  @Property(
      tries = TRIES,
      seed = "1",
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void bytes(@ForAll("anyBytes") List<Value> values) throws Exception {
    int all = 0;
    for (String type : List.of("VARBINARY(8)", "BLOB", "MEDIUMBLOB", "LONGBLOB")) {
      all += check(type, values);
    }
    assertThat(all).isPositive();
  }

  @Provide
  Arbitrary<List<Value>> anyBytes() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMaxSize(40)
        .map(b -> new Value(Scalar.Type.BYTES, b))
        .list()
        .ofSize(VALUES);
  }

  @Property(
      tries = TRIES,
      seed = "1",
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void uuids(@ForAll("anyUuids") List<Value> values) throws Exception {
    assertThat(check("BINARY(16)", values)).isEqualTo(values.size());
  }

  @Provide
  Arbitrary<List<Value>> anyUuids() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofSize(16)
        .map(b -> new Value(Scalar.Type.UUID, b))
        .list()
        .ofSize(VALUES);
  }

  @Property(
      tries = TRIES,
      seed = "1",
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void times(@ForAll("anyTimes") List<Value> values) throws Exception {
    int all = check("DATETIME(6)", values) + check("DATE", values) + check("TIME(6)", values);
    assertThat(all).isPositive();
  }

  @Provide
  Arbitrary<List<Value>> anyTimes() {
    long day = 86_400_000_000L;
    long first = java.time.LocalDate.of(1, 1, 1).toEpochDay();
    long last = java.time.LocalDate.of(9999, 12, 31).toEpochDay();
    return Arbitraries.oneOf(
            Arbitraries.longs()
                .between(first * day, (last + 1) * day - 1)
                .map(n -> new Value(Scalar.Type.DATETIME, n)),
            Arbitraries.longs().between(first, last).map(n -> new Value(Scalar.Type.DATE, n)),
            Arbitraries.longs().between(0, day - 1).map(n -> new Value(Scalar.Type.TIME, n)))
        .list()
        .ofSize(VALUES);
  }

  /** One schema for all tries of this JVM. */
  private static final class Schema {
    static final Connection CONNECTION = connect();

    private static Connection connect() {
      try {
        TestDatabase database = TestDatabase.get();
        return database.connect(database.freshSchema());
      } catch (java.sql.SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
