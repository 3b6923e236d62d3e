package io.picklift.schema.tables.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.codec.pickle.RecordDecoder;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.GraphAssert;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What several pickles in one value hold is in rows, and the value comes back. */
class RecordsInTablesTest {
  private static final Limits LIMITS = Limits.defaults();

  private static SplitSave comesBack(String yaml, String hex) throws Exception {
    Mapping mapping = Mapping.parse("mapping.yaml", yaml);
    byte[] value = HexFormat.of().parseHex(hex);
    SaveGraph graph = new RecordDecoder(new PickleDecoder(LIMITS)::decode, LIMITS).decode(value);
    SplitSave split = SaveSplitter.split(mapping, graph, 1, LIMITS);
    SaveGraph joined = SaveJoiner.join(mapping, split.residue(), split.rows(), LIMITS);
    GraphAssert.assertSame(joined, graph);
    assertThat(joined.style().records()).isEqualTo(graph.style().records());
    assertThat(new PickleWriter(LIMITS).write(joined)).isEqualTo(value);
    return split;
  }

  @Test
  void eachRecordOfAStreamIsARow() throws Exception {
    // Three times {"n": 1}, {"n": 2}, {"n": 3}, protocol 4, framed.
    String record = "80049509000000000000007d948c016e944b%02x732e";
    SplitSave split =
        comesBack(
            """
            version: 1
            tables:
              save: {root: true}
              entry:
                each: save
                columns:
                  n: {path: n, type: INT}
            """,
            record.formatted(1) + record.formatted(2) + record.formatted(3));
    assertThat(split.rows().table(1).size()).isEqualTo(3);
    assertThat(split.rows().table(1).column(2).number(2)).isEqualTo(3);
  }

  @Test
  void theStateOfARecordOfZodbIsInColumns() throws Exception {
    SplitSave split =
        comesBack(
            """
            version: 1
            tables:
              account:
                class: shop.model.Account
                columns:
                  name: {path: name, type: VARCHAR(20)}
            """,
            // Class, then {"name": "Ida"}, protocol 3, by two picklers.
            "80036373686f702e6d6f64656c0a4163636f756e740a71002e"
                + "80037d710058040000006e616d65710158030000004964617102732e");
    assertThat(split.rows().table(0).column(0).value(0)).isEqualTo("Ida");
    assertThat(split.counts().inColumns()).isEqualTo(1);
  }

  private static final String FRIENDS =
      """
      version: 1
      tables:
        account:
          class: shop.model.Account
          columns:
            name: {path: "[0]", type: VARCHAR(20)}
            friend: {path: "friend.$persid[0]", type: BIGINT, only: bytes}
            raw: {path: "friend.$persid[0]", type: VARBINARY(8)}
            line: {path: "page.$persid", type: VARCHAR(20)}
      """;

  /** Class and arguments ("Ida",), then {"friend": persistent id (oid, class)}, by one pickler. */
  private static byte[] friend(String oid) {
    String first = "cshop.model\nAccount\nq\0X\3\0\0\0Idaq\1\u0085q\2\u0086q\3.";
    String second = "}q\4X\6\0\0\0friendq\5C\10OIDq\6h\0\u0086q\7Qs.";
    String bytes = new String(HexFormat.of().parseHex(oid), StandardCharsets.ISO_8859_1);
    return ("\u0080\3" + first + "\u0080\3" + second.replace("OID", bytes))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aPersistentIdIsANumberThatJoins() throws Exception {
    byte[] value = friend("0000000000000105");
    SplitSave split = comesBack(FRIENDS, HexFormat.of().formatHex(value));
    assertThat(split.rows().table(0).column(0).value(0)).isEqualTo("Ida");
    assertThat(split.rows().table(0).column(1).number(0)).isEqualTo(0x105);
    assertThat(split.rows().table(0).column(2).value(0))
        .isEqualTo(HexFormat.of().parseHex("0000000000000105"));
  }

  @Test
  void aPersistentIdThatWasChangedInTheTableIsWrittenSo() throws Exception {
    Mapping mapping = Mapping.parse("mapping.yaml", FRIENDS);
    RecordDecoder decoder = new RecordDecoder(new PickleDecoder(LIMITS)::decode, LIMITS);
    SplitSave old =
        SaveSplitter.split(mapping, decoder.decode(friend("0000000000000105")), 1, LIMITS);
    byte[] wanted = friend("0000000000000007");
    SplitSave changed = SaveSplitter.split(mapping, decoder.decode(wanted), 1, LIMITS);
    SaveGraph joined = SaveJoiner.join(mapping, old.residue(), changed.rows(), LIMITS);
    assertThat(new PickleWriter(LIMITS).write(joined)).isEqualTo(wanted);
  }

  @Test
  void aPersistentIdThatIsALineIsShown() throws Exception {
    SplitSave split =
        comesBack(
            FRIENDS,
            HexFormat.of()
                .formatHex(
                    "(ishop.model\nAccount\np0\n(dp1\nVpage\np2\nPpage-7\nsb."
                        .getBytes(StandardCharsets.US_ASCII)));
    assertThat(split.rows().table(0).column(3).value(0)).isEqualTo("page-7");
  }
}
