package io.picklift.schema.tables.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.SQLIntegrityConstraintViolationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Foreign keys: to the ledger, to owners and to what is referred to. */
@Tag("database")
class ForeignKeysTest {
  private static final String KEYS =
      """
      SELECT CONCAT(table_name, '.', column_name, ' ', referenced_table_name) FROM information_schema.key_column_usage
      WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL AND column_name <> 'save_id'
      ORDER BY 1
      """;

  @Test
  void allOfThemAreMadeWrittenAndDeletedInAnOrderThatTheyAllow() throws Exception {
    try (Shop shop = new Shop(Shop.MAPPING)) {
      assertThat(shop.query(KEYS))
          .containsExactly(
              "day.save_ordinal save", "line.orders_ordinal orders", "orders.customer customer");
      SplitSave split = shop.add(1, Shop.save("whole"));
      shop.add(2, Shop.save("whole"));
      assertThat(
              shop.query(
                  """
                  SELECT CONCAT(c.name, ' ', SUM(l.amount)) FROM line l
                  JOIN orders o ON o.save_id = l.save_id AND o.ordinal = l.orders_ordinal
                  JOIN customer c ON c.save_id = o.save_id AND c.ordinal = o.customer
                  WHERE l.save_id = 1 GROUP BY c.name ORDER BY 1
                  """))
          .containsExactly("Ida 93", "Jo 93");
      assertThat(shop.restore(1, split)).isEqualTo(Shop.save("whole"));
      assertThatThrownBy(() -> shop.sql("DELETE FROM customer WHERE save_id = 1 AND ordinal = 0"))
          .isInstanceOf(SQLIntegrityConstraintViolationException.class);
      assertThatThrownBy(() -> shop.sql("UPDATE line SET orders_ordinal = 7 WHERE save_id = 1"))
          .isInstanceOf(SQLIntegrityConstraintViolationException.class);
      assertThat(shop.delete(1)).isEqualTo(1 + 2 + 4 + 2 + 2);
      assertThat(shop.query("SELECT COUNT(*) FROM line")).containsExactly("4");
      shop.sql("DELETE FROM orders WHERE save_id = 2 AND ordinal = 0");
      assertThat(shop.query("SELECT COUNT(*) FROM line")).containsExactly("2");
      assertThatThrownBy(() -> shop.sql("DELETE FROM picklift_save WHERE save_id = 2"))
          .as("an order refers to a customer, who would go too")
          .isInstanceOf(SQLIntegrityConstraintViolationException.class);
    }
  }

  @Test
  void toTheLedgerAloneIsWhatTheOldKeyMeant() throws Exception {
    String ledger = Shop.MAPPING.replace("foreign_keys: all", "foreign_keys: ledger");
    String old = Shop.MAPPING.replace("foreign_keys: all", "ledger: picklift_save");
    assertThat(Mapping.parse("m", ledger).fingerprint())
        .isEqualTo(Mapping.parse("m", old).fingerprint())
        .isNotEqualTo(Mapping.parse("m", Shop.MAPPING).fingerprint());
    String without = Shop.MAPPING.replace("foreign_keys: all\n", "");
    assertThat(
            Mapping.parse("m", without.replace("tables:", "foreign_keys: none\ntables:"))
                .fingerprint())
        .isEqualTo(Mapping.parse("m", without).fingerprint());
    try (Shop shop = new Shop(ledger)) {
      assertThat(shop.query(KEYS)).isEmpty();
      shop.add(1, Shop.save("whole"));
      shop.sql("DELETE FROM picklift_save");
      assertThat(shop.query("SELECT COUNT(*) FROM customer")).containsExactly("0");
    }
  }

  @Test
  void tablesThatReferToEachOtherCannotHaveThemAll() {
    String circle = Shop.MAPPING + "      last: {references: orders}\n";
    assertThatThrownBy(() -> Mapping.parse("m.yaml", circle))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "m.yaml:6: foreign_keys: all cannot be: orders refers to customer refers to orders;"
                + " foreign_keys: ledger is what these tables can have");
    assertThatThrownBy(
            () ->
                Mapping.parse(
                    "m.yaml", Shop.MAPPING.replace("foreign_keys: all", "foreign_keys: some")))
        .hasMessage("m.yaml:2: foreign_keys must be all, ledger or none, not some");
  }
}
