package io.picklift.app.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.picklift.app.job.Game;
import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.rows.BulkTable;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.tables.rows.InsertText;
import io.picklift.schema.tables.rows.LoadText;
import io.picklift.schema.tables.rows.RowReader;
import io.picklift.schema.tables.rows.RowText;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What LOAD DATA writes is what INSERT writes. */
@Tag("database")
final class BothWaysTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          "N",
          "\\N",
          "\\",
          "\\\\",
          "a\tb",
          "a\nb",
          "\r\n",
          "nul\0nul",
          "it's \"q\"",
          "NULL",
          " blanks ",
          "ü€😀",
          "0",
          "\u001a",
          "a\\tb\\nb\\0",
          "%_;--",
          "`x`");

  private static final String MAPPING =
      """
      version: 1
      tables:
        t:
          root: true
          columns:
            text: VARCHAR(40)
            long_text: LONGTEXT
            json: JSON
            bytes: VARBINARY(300)
            long_bytes: LONGBLOB
            fixed: BINARY(16)
            number: BIGINT
            real: DOUBLE
            decimal: DECIMAL(30,4)
            day: DATE
            moment: DATETIME(6)
            time: TIME(6)
            yes: BOOLEAN
      """;

  @TempDir private Path folder = Path.of("");
  private Game game = null_();

  @SuppressWarnings("NullAway") // set before each test
  private static Game null_() {
    return null;
  }

  @BeforeEach
  void makeGame() throws Exception {
    game = new Game(folder);
  }

  @Test
  void everyCellIsTheSame() throws Exception {
    Mapping mapping = Mapping.parse("m", MAPPING);
    BulkTable table = BulkTable.of(mapping).get(0);
    SaveRows rows = rows(mapping);
    try (WritingTarget target = WritingTarget.open(game.config().requireTarget(), 1);
        Connection connection = target.connect()) {
      assumeTrue(target.traits(connection).takesLoad(), "the server has local_infile=OFF");
      for (RowText text : List.of(new LoadText(table), new InsertText(table, true))) {
        create(connection, mapping);
        for (int row = 0; row < rows.table(0).size(); row++) {
          text.row(7, rows.table(0), row);
        }
        new BulkSender(connection, target.traits(connection)).send(text);
        assertSame(
            new RowReader(connection, mapping, Limits.defaults()).read(7).table(0), rows.table(0));
      }
    }
  }

  @Test
  void aBackslashIsOneUnderEverySqlMode() throws Exception {
    Mapping mapping = Mapping.parse("m", MAPPING);
    BulkTable table = BulkTable.of(mapping).get(0);
    SaveRows rows = rows(mapping);
    game.configure(
        "table: saves\n  key: id\n  blob: data",
        game.targetUrl() + "&sessionVariables=sql_mode='NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES'");
    try (WritingTarget target = WritingTarget.open(game.config().requireTarget(), 1);
        Connection connection = target.connect()) {
      ServerTraits traits = target.traits(connection);
      assertThat(traits.hasBackslash()).isFalse();
      create(connection, mapping);
      RowText text = traits.takesLoad() ? new LoadText(table) : new InsertText(table, false);
      for (int row = 0; row < rows.table(0).size(); row++) {
        text.row(7, rows.table(0), row);
      }
      new BulkSender(connection, traits).send(text);
      assertSame(
          new RowReader(connection, mapping, Limits.defaults()).read(7).table(0), rows.table(0));
    }
  }

  private static void assertSame(TableRows actual, TableRows expected) {
    assertThat(actual.size()).isEqualTo(expected.size());
    for (int column = 0; column < expected.table().stored().size(); column++) {
      String name = expected.table().stored().get(column).name();
      for (int row = 0; row < expected.size(); row++) {
        // MySQL writes JSON its own way.
        if (!name.equals("json")) {
          assertThat(actual.column(column).sameCell(row, expected.column(column), row))
              .as("%s of row %d", name, row)
              .isTrue();
        }
      }
    }
  }

  /** A row for each text, and one of NULLs. */
  private static SaveRows rows(Mapping mapping) throws Exception {
    SaveRows rows = new SaveRows(mapping, 7, Memory.beside(0, Limits.defaults()));
    TableRows table = rows.table(0);
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    for (int row = 0; row < TEXTS.size(); row++) {
      byte[] text = TEXTS.get(row).getBytes(StandardCharsets.UTF_8);
      table.column(0).add(text);
      table.column(1).add(text);
      table
          .column(2)
          .add(("{\"a\\t\\\\\": [" + row + ", \"ü😀\\n\"]}").getBytes(StandardCharsets.UTF_8));
      table.column(3).add(all, row, all.length - row);
      table.column(4).add(all);
      table.column(5).add(all, row, 16);
      table.column(6).add(row % 2 == 0 ? Long.MIN_VALUE + row : Long.MAX_VALUE - row);
      table.column(7).add(Double.doubleToRawLongBits(Math.PI * Math.pow(10, row * 16 - 140)));
      table
          .column(8)
          .add(("-12345678901234567890." + (1000 + row)).getBytes(StandardCharsets.US_ASCII));
      table.column(9).add(-700_000 + row * 12_345L);
      table.column(10).add(-60_000_000_000_000_000L + row * 7_000_000_123_456L);
      table.column(11).add(86_399_999_999L - row);
      table.column(12).add(row % 2);
      table.endRow(row);
    }
    for (int column = 0; column < table.table().stored().size(); column++) {
      ColumnData cells = table.column(column);
      cells.addNull();
    }
    table.endRow(TEXTS.size());
    return rows;
  }

  private static void create(Connection connection, Mapping mapping) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : Ddl.drops(mapping)) {
        statement.execute(sql);
      }
      for (String sql : Ddl.statements(mapping)) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void whatInsertWouldRefuseIsNoWarning() throws Exception {
    game.target(
        "CREATE TABLE odd (save_id BIGINT PRIMARY KEY, short VARCHAR(3), latin VARCHAR(9) CHARACTER"
            + " SET latin1, n INT)");
    BulkTable table = BulkTable.of("odd", "save_id", "short", "latin", "n");
    try (WritingTarget target = WritingTarget.open(game.config().requireTarget(), 1);
        Connection connection = target.connect()) {
      assumeTrue(target.traits(connection).takesLoad(), "the server has local_infile=OFF");
      BulkSender sender = new BulkSender(connection, target.traits(connection));
      refused(sender, row(new LoadText(table), 1, "long", "x", 1));
      refused(sender, row(new LoadText(table), 2, "x", "x", Long.MAX_VALUE));
      RowText twice = row(new LoadText(table), 3, "x", "x", 1);
      refused(sender, row(twice, 3, "x", "x", 1));
      sender.send(row(new LoadText(table), 4, "abc", "x", 1));
    }
  }

  /** As one that was started anew with another setting. */
  @Test
  void aServerThatTakesNoLoadAnyMoreRefusesIt() throws Exception {
    game.target("CREATE TABLE off (save_id BIGINT PRIMARY KEY, n INT)");
    BulkTable table = BulkTable.of("off", "save_id", "n");
    LoadText rows = new LoadText(table);
    rows.number(1).number(2);
    rows.endRow();
    // The driver asks for no such right here, so that the server refuses it.
    try (Connection connection = game.targetConnection()) {
      BulkSender sender = new BulkSender(connection, ServerTraits.read(connection));
      assertThatThrownBy(() -> sender.send(rows)).isInstanceOf(LoadRefusedException.class);
    }
    assertThat(game.number("SELECT COUNT(*) FROM off")).isZero();
  }

  private static RowText row(RowText to, long id, String first, String second, long number) {
    to.number(id).text(first).text(second).number(number);
    to.endRow();
    return to;
  }

  private static void refused(BulkSender sender, RowText rows) {
    assertThatThrownBy(() -> sender.send(rows))
        .isInstanceOf(LoadRefusedException.class)
        .hasMessageContaining("table odd took ")
        .hasMessageNotContaining("long");
  }

  @Test
  void aLoadThatGaleraWouldSplitIsNotTried() {
    assertThat(ServerTraits.of(1 << 30, "", true, "OFF", true).takesLoad()).isTrue();
    assertThat(ServerTraits.of(1 << 30, "", true, "ON", true).takesLoad()).isFalse();
    assertThat(ServerTraits.of(1 << 30, "", false, "OFF", true).takesLoad()).isFalse();
    assertThat(ServerTraits.of(1 << 30, "", true, "OFF", true).statementBytes()).isEqualTo(1 << 20);
    assertThat(ServerTraits.of(1 << 16, "", true, "OFF", true).statementBytes())
        .isLessThan(1 << 16);
  }
}
