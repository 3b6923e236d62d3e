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
    assertThat(split.counts().taken()).isEqualTo(1);
  }
}
