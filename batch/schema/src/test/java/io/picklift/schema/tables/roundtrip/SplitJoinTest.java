package io.picklift.schema.tables.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.GraphAssert;
import io.picklift.schema.testing.Saves;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was split comes together again, without a database in between. */
class SplitJoinTest {
  static List<String> saves() {
    return Saves.NAMES;
  }

  @ParameterizedTest
  @MethodSource("saves")
  void savesOfAllProtocolsComeBackByteForByte(String name) throws Exception {
    byte[] pickle = Saves.pickle(name);
    Mapping mapping = Saves.mapping();
    SaveGraph graph = Saves.decode(pickle);
    SplitSave split = SaveSplitter.split(mapping, graph, 7, Limits.defaults());
    SaveGraph joined = SaveJoiner.join(mapping, split.residue(), split.rows(), Limits.defaults());
    GraphAssert.assertSame(joined, graph);
    assertThat(Saves.encode(joined)).isEqualTo(pickle);
    assertThat(split.counts().inColumns()).isGreaterThan(split.counts().scalars() / 2);
    assertThat(split.residue().length).isLessThan(pickle.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // 1, [1, 2], {'a': 1.5}, {1: 'x', True: 'y'}, (None, True), {'a': {'b': [1, 'c']}}
        "80044b012e",
        "80045d94284b014b02652e",
        "80047d948c016194473ff8000000000000732e",
        "80047d94284b018c0178948c0179948c017a94888c017994752e",
        "80044e888694" + "2e",
        "80047d948c0161947d948c0162945d94284b018c016394657373" + "2e",
        // a recursive list, a set, a frozenset, bytes, a lone surrogate, nan, -0.0, a long, a tuple
        // key
        "80045d9468006" + "12e",
        "80048f94284b014b02902e",
        "8004284b014b0291942e",
        "8004430301020394" + "2e",
        "80048c03eda080942e",
        "8004477ff80000000000002e",
        "80044780000000000000002e",
        "80048a09000000000000008000" + "2e",
        "80047d944b014b0286944b03732e",
        // protocol 0: int, long, float, str, unicode, a list, a dict
        "49310a2e",
        "4c310a2e",
        "46312e350a2e",
        "5327615c6e62270a70300a2e",
        "5661625c75303065390a70300a2e",
        "286c70300a49310a6149320a612e",
        "286470300a566b0a70310a49310a732e"
      })
  void anyValueComesBackFromOneJsonColumn(String hex) throws Exception {
    Mapping mapping =
        Mapping.parse(
            "m", "{version: 1, tables: {t: {root: true, columns: {v: {path: '.', type: JSON}}}}}");
    SaveGraph graph = Saves.decodeHex(hex);
    SplitSave split = SaveSplitter.split(mapping, graph, 1, Limits.defaults());
    GraphAssert.assertSame(
        SaveJoiner.join(mapping, split.residue(), split.rows(), Limits.defaults()), graph);
  }

  /**
   * Each cost a save once: found by splitting the corpora of picklift-codec under mappings made by
   * chance.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          8003636461746574696d650a74696d6564656c74610a4b054b004b0087522e|a timedelta of which one column shows the days
          63636f6c6c656374696f6e730a4f726465726564446963740a285d284c2d314c0a4bff655d288a0e000000000000000000000000f0ff4affffff7f655d284affffffff4b7f656c85522e|an OrderedDict given as a list with a key twice
          800263636f6c6c656374696f6e730a4f726465726564446963740a71002952710128884b01894b02752e|an OrderedDict of the two bools
          8004950f000000000000008f9428894b018694884b018694902e|a set of tuples that differ by a bool alone
          """)
  void savesThatWereHardOnceComeBack(String hex, String about) throws Exception {
    Mapping mapping =
        Mapping.parse(
            "m",
            """
            version: 1
            tables:
              root:
                root: true
                columns:
                  self: {path: ".", type: LONGBLOB}
                  first: {path: "[0]", type: INT}
              member:
                each: root
                key: {column: k, type: INT}
                columns:
                  self: {path: ".", type: BIGINT}
                  first: {path: "[0]", type: INT}
              duration:
                class: datetime.timedelta
                columns:
                  self: {path: ".", type: BIGINT}
            """);
    SaveGraph graph = Saves.decodeHex(hex);
    SplitSave split = SaveSplitter.split(mapping, graph, 1, Limits.defaults());
    SaveGraph joined = SaveJoiner.join(mapping, split.residue(), split.rows(), Limits.defaults());
    GraphAssert.assertSame(joined, graph);
    assertThat(Saves.encode(joined)).as(about).isEqualTo(Saves.encode(graph));
  }
}
