package io.picklift.schema.tables.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitException;
import io.picklift.schema.testing.Saves;
import io.picklift.schema.testing.TestDatabase;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** NOT NULL, unique keys, names of indexes and comments of columns. */
@Tag("database")
class ColumnRulesTest {
  private static String notes(String more) {
    return """
    version: 1
    tables:
      save: {root: true}
      note:
        each: save.notes
        key: {column: name, type: VARCHAR(40), %s}
        columns:
          note: {path: ".", type: VARCHAR(40)}
    """
        .formatted(more);
  }

  @Test
  void whatIsRequiredIsNotNullAndASaveWithoutItIsRefused() throws Exception {
    Mapping mapping = Mapping.parse("m", Shop.MAPPING);
    assertThatThrownBy(
            () ->
                SaveSplitter.split(mapping, Saves.decode(Shop.save("none")), 1, Limits.defaults()))
        .isInstanceOf(SplitException.class)
        .hasMessage("orders[1].total is None or absent, and orders.total is required");
    assertThatThrownBy(
            () ->
                SaveSplitter.split(mapping, Saves.decode(Shop.save("unfit")), 1, Limits.defaults()))
        .hasMessage("orders[1].total does not fit into orders.total INT");
    try (Shop shop = new Shop(Shop.MAPPING)) {
      shop.add(1, Shop.save("whole"));
      assertThatThrownBy(() -> shop.sql("UPDATE orders SET total = NULL"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("'total' cannot be null");
    }
  }

  @Test
  void aNumberIsThereOnceInItsContainer() throws Exception {
    try (Shop shop = new Shop(Shop.MAPPING)) {
      shop.add(1, Shop.save("whole"));
      shop.add(2, Shop.save("whole"));
      assertThatThrownBy(() -> shop.sql("UPDATE day SET number = 1 WHERE save_id = 1"))
          .isInstanceOf(SQLIntegrityConstraintViolationException.class)
          .hasMessageContaining("ux_save_save_ordinal_number");
    }
  }

  @Test
  void aTextKeyIsUniqueByACollationThatDoesNotPad() throws Exception {
    String collation = TestDatabase.get().isMySql() ? "utf8mb4_0900_bin" : "utf8mb4_nopad_bin";
    String text =
        notes("unique: true, collation: " + collation)
            .replace("tables:", "foreign_keys: ledger\ntables:");
    try (Shop shop = new Shop(text)) {
      // 'a' and 'a ' are two in Python, and here.
      shop.add(1, Shop.save("whole"));
      assertThat(shop.query("SELECT note FROM note WHERE name = 'a '")).containsExactly("y");
      assertThatThrownBy(() -> shop.sql("UPDATE note SET name = 'a'"))
          .isInstanceOf(SQLIntegrityConstraintViolationException.class);
    }
    assertThatThrownBy(() -> Mapping.parse("m.yaml", notes("unique: true")))
        .hasMessageStartingWith(
            "m.yaml:6: table note: key name cannot be unique by utf8mb4_bin, to which two keys may"
                + " be one that are two in Python");
  }

  @Test
  void commentsSayPathAndUnit() throws Exception {
    try (Shop shop = new Shop(Shop.MAPPING)) {
      assertThat(
              shop.query(
                  """
                  SELECT CONCAT(table_name, '.', column_name, ': ', column_comment) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name NOT LIKE 'picklift%' AND column_comment <> ''
                  ORDER BY table_name, ordinal_position
                  """))
          .contains(
              "orders.packing: packing; microseconds",
              "orders.customer: customer; ordinal of the row in customer",
              "line.orders_ordinal: ordinal of the row in orders that holds it",
              "line.position: place in orders.lines, from 0",
              "line.what: [0]",
              "line.amount: [1]; pieces; it's \\ 'more'",
              "day.number: key in save.days",
              "day.day: the value itself");
    }
  }

  @Test
  void indexesHaveShortNamesAndTheFormerOnesInTheWrittenForm() throws Exception {
    try (Shop shop = new Shop(Shop.MAPPING)) {
      assertThat(
              shop.query(
                  """
                  SELECT DISTINCT index_name FROM information_schema.statistics WHERE table_schema = DATABASE()
                    AND table_name IN ('line', 'customer', 'orders', 'day') AND index_name <> 'PRIMARY' ORDER BY 1
                  """))
          .containsExactly(
              "ix_name",
              "ix_save_customer",
              "ix_save_orders_ordinal",
              "ux_save_save_ordinal_number");
      assertThat(shop.mapping.written())
          .contains("index ix_customer_name", "index ix_line_save_id_orders_ordinal");
    }
  }
}
