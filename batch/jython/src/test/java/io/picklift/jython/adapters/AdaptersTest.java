package io.picklift.jython.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.picklift.codec.Limits;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.jython.AdapterColumn;
import io.picklift.jython.AdapterException;
import io.picklift.jython.Adapters;
import io.picklift.jython.testing.Pickles;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users' adapters: what they compute, and what becomes of them when they fail. */
class AdaptersTest {
  private final Path folder;

  AdaptersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Adapters load(String source) throws AdapterException, IOException {
    Path file = folder.resolve("adapter.py");
    Files.writeString(file, source);
    return Adapters.load(List.of(file), Limits.defaults());
  }

  /** An object m.C with an attribute {@code a} whose value the opcodes give. */
  private static Meaning object(String opcodesOfA) throws CodecException {
    byte[] pickle =
        new Pickles().add("\u0080\u0003cm\nC\n)\u0081}(").text("a").add(opcodesOfA + "ub.").bytes();
    return Meaning.of(new PickleDecoder(Limits.defaults()).decode(pickle), Limits.defaults());
  }

  private static @Nullable Object value(Adapters adapters, int column, Meaning meaning)
      throws AdapterException {
    return adapters.value(adapters.columns().get(column), meaning, meaning.root());
  }

  @Test
  void aColumnIsWhatItsFunctionGives() throws Exception {
    Adapters adapters =
        load(
            """
            # -*- coding: utf-8 -*-
            import picklift
            from picklift import column
            from datetime import date, datetime, timedelta
            from decimal import Decimal
            from uuid import UUID
            for i, value in enumerate([None, True, 7, 1 << 70, 1.5, u'\\xe9', 'plain', picklift.Bytes('\\xff'), Decimal('1.10'),
                                       date(2020, 2, 29), datetime(2024, 5, 1, 12, 0, 0, 123), timedelta(1, 2, 3),
                                       UUID(int=5)]):
                column('t.c%d' % i, 'TEXT')(lambda row, value=value: value)
            """);
    Meaning meaning = object("N");
    List<@Nullable Object> values = new ArrayList<>();
    for (AdapterColumn column : adapters.columns()) {
      values.add(adapters.value(column, meaning, meaning.root()));
    }
    assertThat(values.remove(7)).isEqualTo(new byte[] {-1});
    assertThat(values)
        .containsExactly(
            null,
            true,
            7L,
            BigInteger.ONE.shiftLeft(70),
            1.5,
            "\u00e9",
            "plain",
            new BigDecimal("1.10"),
            LocalDate.of(2020, 2, 29),
            LocalDateTime.of(2024, 5, 1, 12, 0, 0, 123_000),
            86_402_000_003L,
            new UUID(0, 5));
  }

  @Test
  void columnsAreFoundByTableOrByWhatIsCalled() throws Exception {
    Adapters adapters =
        load(
            """
            from picklift import column, reader
            @column('t.one', 'INT')
            def one(row): return 1
            @reader('m.f', {'size': 'INT', 'first': 'VARCHAR(5)'})
            def read(call): return {'size': len(call.args), 'first': call.args[0]}
            @reader('m.f', {'size': 'INT'}, at='t.a')
            def read_a(call): return {'size': len(call.args)}
            """);
    assertThat(adapters.columnsOf("t", List.of("m.C")).stream().map(AdapterColumn::name))
        .containsExactly("one", "a_size");
    assertThat(adapters.columnsOf("u", List.of("m.f")).stream().map(AdapterColumn::name))
        .containsExactly("first", "size");
    Meaning array = object("cm\nf\n(U\u0001xK\u0001K\u0002tR");
    int call = Objects.requireNonNull(array.inlineAttributes(array.root()))[1];
    assertThat(adapters.value(adapters.columns().get(1), array, call)).isEqualTo("x");
    assertThat(adapters.value(adapters.columns().get(2), array, call)).isEqualTo(3L);
    assertThat(value(adapters, 3, array)).isEqualTo(3L);
    assertThat(value(adapters, 3, object("K\u0001"))).isSameAs(Adapters.NOTHING);
  }

  @Test
  void aReaderReachesPathsAndTheZonesOfDates() throws Exception {
    Adapters adapters =
        load(
            """
            from picklift import column, reader
            @reader('datetime.datetime', {'zone': 'VARCHAR(40)'}, at='t.a.when')
            def read(when): return {'zone': when.tz.cls if when.tz is not None else u'none'}
            @reader('m.f', {'size': 'INT'}, at='t.a["my calls"][0]')
            def size(call): return {'size': len(call.args)}
            @column('t.c', 'BOOLEAN')
            def c(row): return hasattr(row.a['when'], 'year')
            """);
    assertThat(adapters.columns().stream().map(AdapterColumn::name))
        .containsExactly("a_when_zone", "a_my_calls_0_size", "c");
    // {'when': 2024-01-01 of UTC, 'my calls': [f(1, 2)]}
    Meaning save =
        object(
            "}(X\u0004\u0000\u0000\u0000whencdatetime\n"
                + "datetime\n"
                + "C\n"
                + "\u0007\u00e8\u0001\u0001\u0000\u0000\u0000\u0000\u0000\u0000cdatetime\n"
                + "timezone\n"
                + "cdatetime\n"
                + "timedelta\n"
                + "K\u0000K\u0000K\u0000\u0087R\u0085R\u0086RX\u0008\u0000\u0000\u0000my"
                + " calls](cm\n"
                + "f\n"
                + "K\u0001K\u0002\u0086Reu");
    assertThat(value(adapters, 0, save)).isEqualTo("datetime.timezone");
    assertThat(value(adapters, 1, save)).isEqualTo(2L);
    assertThat(value(adapters, 2, save)).as("of others it is a datetime still").isEqualTo(true);
    assertThat(value(adapters, 0, object("}X\u0004\u0000\u0000\u0000whenNs")))
        .isSameAs(Adapters.NOTHING);
    assertThatThrownBy(
            () -> load("from picklift import reader\nreader('m.f', {'a': 'INT'}, at='t')\n"))
        .isInstanceOf(AdapterException.class);
  }

  @Test
  void aReadersPathQuotesNamesAsAMappingDoes() throws Exception {
    Adapters adapters =
        load(
            """
            from picklift import reader
            @reader('m.f', {'size': 'INT'}, at=r't.a["b\\"c\\\\"]')
            def size(call): return {'size': len(call.args)}
            """);
    // {'b"c\\': f(1)}
    Meaning save = object("}X\u0004\u0000\u0000\u0000b\"c\\cm\nf\nK\u0001\u0085Rs");
    assertThat(value(adapters, 0, save)).isEqualTo(1L);
  }

  @Test
  void aFailingRenameNamesItsLine() throws Exception {
    Adapters adapters =
        load("from picklift import renamed\n@renamed('m.*')\ndef now(old):\n    return old[99]\n");
    assertThatThrownBy(() -> adapters.renamed("m.C"))
        .isInstanceOf(AdapterException.class)
        .hasMessageContaining("adapter.py:4: IndexError in: return old[99]");
  }

  @Test
  void anExceptionNamesTheAdaptersLineAndNothingOfTheSave() throws Exception {
    Adapters adapters =
        load(
            """
            from picklift import column
            def deeper(row):
                return {}[row.a]
            @column('t.c', 'INT')
            def c(row):
                return deeper(row)
            """);
    Meaning meaning = object("X\u0006\u0000\u0000\u0000secret");
    AdapterException e =
        catchThrowableOfType(AdapterException.class, () -> value(adapters, 0, meaning));
    assertThat(e.line()).isEqualTo(3);
    assertThat(e.file()).endsWith("adapter.py");
    assertThat(e).hasMessageEndingWith("adapter.py:3: KeyError in: return {}[row.a]");
    assertThat(e.getMessage()).doesNotContain("secret");
  }

  @Test
  void aValueThatNoColumnHoldsIsTheAdaptersFault() throws Exception {
    Adapters adapters =
        load("from picklift import column\n@column('t.c', 'INT')\ndef c(row):\n    return row\n");
    assertThatThrownBy(() -> value(adapters, 0, object("N")))
        .isInstanceOf(AdapterException.class)
        .hasMessageContaining("adapter.py:2: TypeError");
  }

  @Test
  void aConversionGoesBothWays() throws Exception {
    Adapters adapters =
        load(
            """
            from picklift import convert
            @convert('t.word', 'VARCHAR(8)', of='a')
            class Word(object):
                def to_column(self, number): return {1: u'one', 2: u'two', 3: u'two'}[number]
                def from_column(self, word): return {'one': 1, 'two': 2}[word]
            """);
    AdapterColumn column = adapters.columns().get(0);
    assertThat(column.converts()).isTrue();
    assertThat(value(adapters, 0, object("K\u0001"))).isEqualTo("one");
    assertThat(adapters.back(column, "two")).isEqualTo(2L);
    // An enum member is converted as its value.
    assertThat(value(adapters, 0, object("cm\nE\n(K\u0002tR"))).isEqualTo("two");
    assertThatThrownBy(() -> value(adapters, 0, object("K\u0003")))
        .isInstanceOf(AdapterException.class)
        .hasMessageEndingWith(
            "adapter.py:4: from_column does not give back what to_column was given");
    assertThatThrownBy(() -> value(adapters, 0, object("K\u0009")))
        .isInstanceOf(AdapterException.class)
        .hasMessageContaining("adapter.py:4: KeyError in: def to_column");
  }

  @Test
  void aNumberIsNotItsFloat() throws Exception {
    Adapters adapters =
        load(
            """
            from picklift import convert
            @convert('t.a', 'DOUBLE')
            class Double(object):
                def to_column(self, number): return number * 1.0
                def from_column(self, number): return number
            """);
    assertThat(value(adapters, 0, object("G?\u00f0\u0000\u0000\u0000\u0000\u0000\u0000")))
        .isEqualTo(1.0);
    assertThatThrownBy(() -> value(adapters, 0, object("K\u0001")))
        .isInstanceOf(AdapterException.class);
  }

  @Test
  void aClassIsCalledWhatItIsNow() throws Exception {
    Adapters adapters =
        load(
            """
            from picklift import column, renamed
            renamed('m.C', 'new.D')
            @renamed('old.*')
            def moved(name): return 'new.' + name[4:]
            @column('t.c', 'TEXT')
            def c(row): return row.cls
            """);
    assertThat(adapters.renamed("m.C")).isEqualTo("new.D");
    assertThat(adapters.renamed("old.x.Y")).isEqualTo("new.x.Y");
    assertThat(adapters.renamed("else.E")).isEqualTo("else.E");
    assertThat(value(adapters, 0, object("N"))).isEqualTo("new.D");
  }

  @Test
  void anAdapterCannotChangeTheSave() throws Exception {
    Adapters adapters =
        load("from picklift import column\n@column('t.c', 'INT')\ndef c(row):\n    row.a = 1\n");
    Meaning meaning = object("N");
    byte[] before = GraphDigest.sha256(meaning);
    assertThatThrownBy(() -> value(adapters, 0, meaning))
        .isInstanceOf(AdapterException.class)
        .hasMessageContaining(":4: AttributeError");
    assertThat(GraphDigest.sha256(meaning)).isEqualTo(before);
  }

  @Test
  void anAdapterThatDoesNotLoadIsNamedWithItsLine() {
    assertThatThrownBy(() -> load("x = 1\ndef f(:\n"))
        .isInstanceOf(AdapterException.class)
        .hasMessageContaining("adapter.py:2: SyntaxError");
    Path file = folder.resolve("latin.py");
    assertThatThrownBy(
            () -> {
              Files.write(file, new byte[] {'#', (byte) 0xe9, '\n'});
              Adapters.load(List.of(file), Limits.defaults());
            })
        .isInstanceOf(AdapterException.class)
        .hasMessageContaining("latin.py: it is no UTF-8");
    assertThatThrownBy(() -> load("from picklift import column\n\ncolumn('nowhere', 'INT')\n"))
        .isInstanceOf(AdapterException.class)
        .hasMessageContaining(
            "adapter.py:3: ValueError: a column is written 'table.column', not 'nowhere'");
  }

  @Test
  void eachThreadHasItsOwnInterpreter() throws Exception {
    Adapters adapters =
        load(
            """
            from picklift import column
            count = [0]
            @column('t.c', 'INT')
            def c(row):
                count[0] += 1
                return count[0]
            """);
    Meaning meaning = object("N");
    assertThat(value(adapters, 0, meaning)).isEqualTo(1L);
    List<@Nullable Object> elsewhere = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                elsewhere.add(value(adapters, 0, object("N")));
              } catch (AdapterException | CodecException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    thread.join();
    assertThat(elsewhere).containsExactly(1L);
    assertThat(value(adapters, 0, meaning)).isEqualTo(2L);
  }
}
