package io.picklift.schema.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.mapping.first.FirstFingerprint;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** By what a ledger knows the mapping of a save: it has to stay what it is, for ever. */
final class FingerprintTest {
  private static String resource(String name) throws IOException {
    try (InputStream in = FingerprintTest.class.getResourceAsStream("/fingerprint/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Mapping mapping(String name) throws IOException, ConfigurationException {
    return Mapping.parse(name, resource(name));
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  @Test
  void theWrittenFormIsWhatItWas() throws Exception {
    String written = mapping("all.yaml").written();
    assertThat(written).isEqualTo(resource("all.written"));
    assertThat(hex(mapping("all.yaml").fingerprint()))
        .isEqualTo("c11d47b37703bc27e66ab602926f1cd813df50c1a49d309aff67d89b10e0dc2c");
  }

  @Test
  void layoutAndCommentsAndSpelledOutDefaultsDoNotCount() throws Exception {
    String plain = "version: 1\ntables:\n  t:\n    class: a.B\n    columns:\n      x: INT\n";
    String other =
        """
        # a comment
        version: 1
        unfit: residue
        collation: utf8mb4_bin
        tables: {t: {class: [a.B], columns: {x: {path: x, type: int, index: false}}}}
        """;
    byte[] fingerprint = Mapping.parse("m", plain).fingerprint();
    assertThat(Mapping.parse("n", other).fingerprint()).isEqualTo(fingerprint);
    assertThat(Mapping.parse("m", plain.replace("INT", "BIGINT")).fingerprint())
        .isNotEqualTo(fingerprint);
  }

  @Test
  void whatIsNewOfKeysCountsAndIsNewerThanLedgersOfThePast() throws Exception {
    String plain =
        """
        version: 1
        foreign_keys: ledger
        tables:
          t: {root: true, columns: {x: {type: INT, comment: pieces}}}
          k: {each: t.k, key: {column: n, type: INT}}
        """;
    Mapping before = Mapping.parse("m", plain.replace(", comment: pieces", ""));
    assertThat(Mapping.parse("m", plain).fingerprint()).isEqualTo(before.fingerprint());
    assertThat(before.firstFingerprint()).isNotNull();
    for (String newer :
        List.of(
            plain.replace("foreign_keys: ledger", "foreign_keys: all"),
            plain.replace("type: INT, comment: pieces", "type: INT, required: true"),
            plain.replace("n, type: INT", "n, type: INT, unique: true"))) {
      assertThat(Mapping.parse("m", newer).fingerprint()).isNotEqualTo(before.fingerprint());
      assertThat(Mapping.parse("m", newer).firstFingerprint()).isNull();
    }
  }

  @Test
  void columnsOfTheSourceCountAndAreNewerThanLedgersOfThePast() throws Exception {
    String plain = "version: 1\ntables:\n  t:\n    class: a.B\n";
    String source =
        "    source: {source_id: {column: id, type: VARCHAR(9), collation: utf8mb4_bin}}\n";
    Mapping mapping = Mapping.parse("m", plain + source);
    assertThat(mapping.written()).contains("source_column id").contains("collation utf8mb4_bin");
    assertThat(mapping.firstFingerprint()).isNull();
    assertThat(Mapping.parse("m", plain).firstFingerprint()).isNotNull();
  }

  @Test
  void whatIsSaidOfRowsThatComeAndGoDoesNotCount() throws Exception {
    String plain =
        """
        version: 1
        tables:
          t:
            class: a.B
            columns: {u: {references: t}}
        """;
    String rules = plain.replace("columns:", "new: {x: [1]}\n    on_missing: drop\n    columns:");
    Mapping mapping =
        Mapping.parse("m", rules.replace("references: t", "references: t, on_missing: null"));
    assertThat(mapping.edits().hasMissing()).isTrue();
    assertThat(mapping.written()).isEqualTo(Mapping.parse("m", plain).written());
  }

  @Test
  void namesOfPlacesDoNotCount() throws Exception {
    String places =
        """
        version: 1
        tables:
          t:
            root: true
            columns: {b: {path: '[1]', type: INT}}
          u: {each: 't[2][0]'}
        """;
    String named =
        """
        version: 1
        tables:
          t:
            root: true
            fields: {'.': [a, b, c], c: [d]}
            columns: {b: INT}
          u: {each: t.c.d}
        """;
    assertThat(Mapping.parse("m", named).written()).isEqualTo(Mapping.parse("m", places).written());
  }

  /** The hashes were computed by 537887c itself. */
  @Test
  void ledgersOfThePastAreKnown() throws Exception {
    assertThat(first(mapping("all.yaml")))
        .isEqualTo("8e0fe14d5fbdf650d5650418a647b3a3d0b34ca54646793da4b5c4338dba928d");
    assertThat(first(mapping("life.yaml")))
        .isEqualTo("fe334c5b3a522daf00c672757b0829e2486a7f08394ee54002b32f123a444ba2");
    Mapping game = mapping("game.yaml");
    assertThat(first(game))
        .isEqualTo("ce900490f8d4d193b46b341eb4adabab1a7ff96a6ae82af2e2cc881ecb63357d");
    Mapping computed =
        game.withComputed("player", "worth", ColumnType.parse("DECIMAL(12,2)"), true)
            .withComputed("player", "rank_word", ColumnType.parse("VARCHAR(12)"), false);
    assertThat(first(computed))
        .isEqualTo("9643e1e611a6b029e69cd04777ab1822bc86b53b9bbd751bb164378c9d98eff9");
  }

  private static String first(Mapping mapping) {
    return hex(Objects.requireNonNull(mapping.firstFingerprint()));
  }

  @Test
  void whatIsNewerHasNoFingerprintOfThePast() throws Exception {
    String written = resource("all.written");
    assertThat(FirstFingerprint.of(written)).isNotNull();
    assertThat(
            FirstFingerprint.of(
                written.replaceFirst("\n    index\n", "\n    index\n    zone utc\n")))
        .isNull();
    assertThat(FirstFingerprint.of(written.replaceFirst("\nledger", "\nforeign_keys all\nledger")))
        .isNull();
    assertThat(FirstFingerprint.of(written.replaceFirst("type DATE\n", "type YEAR\n"))).isNull();
    assertThat(FirstFingerprint.of(written.replaceFirst("role class", "role kind"))).isNull();
    assertThat(FirstFingerprint.of(written.replaceFirst("-mapping 1", "-mapping 2"))).isNull();
  }

  @Test
  void textOfAnyKindIsReadBack() throws Exception {
    String text =
        "version: 1\n"
            + "tables:\n"
            + "  t:\n"
            + "    class: a.B\n"
            + "    columns:\n"
            + "      x: {path: \"[\\\"a\\\\n"
            + "b\\\\\\\\c  \\\\r"
            + "d\\\"]\", type: INT}\n";
    Mapping mapping = Mapping.parse("m", text);
    assertThat(mapping.written().lines().filter(line -> line.startsWith("    path"))).hasSize(1);
    assertThat(mapping.firstFingerprint()).isNotNull();
  }

  /**
   * A fact that is in no line of the written form would let two mappings that differ pass for one.
   * Whoever adds a component adds its line to {@link WrittenMapping}, and its name here.
   */
  @Test
  void everyFactIsWritten() {
    assertThat(components(Mapping.class)) // Contract and edits change nothing of rows and residue.
        .containsExactly(
            "file", "ledger", "foreignKeys", "collation", "tables", "contract", "edits");
    assertThat(components(TableMapping.class))
        .containsExactly("name", "number", "source", "stored", "indexes", "line");
    assertThat(components(RowSource.OfClass.class)).containsExactly("classes", "classColumn");
    assertThat(components(RowSource.Each.class))
        .containsExactly("ownerTable", "path", "ownerColumn", "positionColumn", "key");
    assertThat(components(RowSource.KeyColumn.class))
        .containsExactly("name", "type", "unique", "collation", "line");
    assertThat(components(RowSource.Root.class)).containsExactly("split");
    // Of its names the former is written: what an index is called changes nothing of its rows.
    assertThat(components(IndexMapping.class))
        .containsExactly("name", "former", "columns", "unique");
    assertThat(components(ColumnType.class)).containsExactly("base", "size", "scale", "unsigned");
    assertThat(components(StoredColumn.class))
        .containsExactly("name", "type", "role", "unfit", "mapping", "source", "shown");
    assertThat(components(SourceColumn.class)).containsExactly("column", "collation");
    assertThat(components(ColumnMapping.class)) // The comment changes nothing of the rows.
        .containsExactly(
            "name",
            "type",
            "references",
            "path",
            "aka",
            "defaultValue",
            "index",
            "unique",
            "unfit",
            "options",
            "required",
            "comment",
            "line");
    assertThat(components(ColumnOptions.class))
        .containsExactly("isUtc", "offset", "only", "kind", "dtype", "shape", "isClass");
  }

  private static List<String> components(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }
}
