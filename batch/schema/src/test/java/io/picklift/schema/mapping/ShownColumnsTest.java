package io.picklift.schema.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.schema.tables.rows.Ddl;
import org.junit.jupiter.api.Test;

/** Documents in a mapping, and what a server takes out of them. */
class ShownColumnsTest {
  private static Mapping mapping(String columns) {
    return Mapping.parse(
        "m.yaml", "version: 1\ntables:\n  save:\n    root: true\n    columns:\n" + columns);
  }

  private static void refused(String columns, String message) {
    assertThatThrownBy(() -> mapping(columns)).hasMessageContaining(message);
  }

  @Test
  void mistakesAreTold() {
    refused("      doc: {document: flat}\n", "document must be forms or plain");
    refused("      doc: {document: forms, type: JSON}\n", "unknown key type");
    refused("      a: {of: dok, type: BIGINT}\n      doc: {document: plain}\n", "did you mean doc");
    refused("      doc: {document: forms}\n      a: {of: doc}\n", "column a has no type");
    refused(
        "      doc: {document: forms}\n      a: {of: doc, type: DATE}\n",
        "of a document are BOOLEAN, BIGINT, DOUBLE and VARCHAR(n)");
    refused(
        "      doc: {document: forms}\n      a: {of: doc, type: BIGINT, path: \"x[-1]\"}\n",
        "no place in a document counts from the end");
    refused(
        "      doc: {document: forms, beside: true}\n      a: {of: doc, type: BIGINT}\n",
        "which is no document of the table");
  }

  @Test
  void theFormIsPartOfWhatMakesAMappingTheSame() {
    Mapping forms = mapping("      doc: {document: forms}\n");
    Mapping plain = mapping("      doc: {document: plain}\n");
    assertThat(forms.fingerprint()).isNotEqualTo(plain.fingerprint());
    assertThat(forms.firstFingerprint()).isNull();
    assertThat(forms.written())
        .contains("role document\n    type JSON\n")
        .contains("document forms");
  }

  @Test
  void aColumnBesideTheBlobIsNoneOfTheTable() {
    assertThat(Ddl.statements(mapping("      doc: {document: forms, beside: true}\n")).get(0))
        .doesNotContain("doc");
    assertThat(
            Ddl.statements(
                    mapping(
                        "      doc: {document: forms}\n"
                            + "      a: {of: doc, path: \"it's.b[2]\", type: BIGINT, index:"
                            + " true}\n"))
                .get(0))
        .contains("`doc` JSON NULL")
        .contains("'$.\"it''s\".\"b\"[2]'")
        .contains("KEY `ix_save_a` (`a`)");
  }
}
