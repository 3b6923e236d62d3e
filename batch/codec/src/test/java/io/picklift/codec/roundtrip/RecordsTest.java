package io.picklift.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.MalformedException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.model.Records;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.RecordDecoder;
import io.picklift.codec.pickle.RecordRule;
import io.picklift.codec.pickle.RoundTrip;
import io.picklift.codec.protobuf.GraphMessage;
import io.picklift.codec.testing.TestPickles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that hold several pickles, as {@code make_records.py} made them. */
final class RecordsTest {
  private static final Limits LIMITS = Limits.defaults();
  private final RecordDecoder decoder =
      new RecordDecoder(new PickleDecoder(LIMITS)::decode, LIMITS);

  static Stream<Arguments> values() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RecordsTest.class.getResourceAsStream("/records.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> line.split("\t", -1))
          .map(parts -> Arguments.of(parts[0], HexFormat.of().parseHex(parts[1]), parts[2]));
    }
  }

  private static String json(SaveGraph graph) throws CodecException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new JsonWriter(LIMITS).write(graph, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** A program that was moved to another Python appends in another protocol. */
  @ParameterizedTest
  @CsvSource({
    "80025d71004b01612e 286c70300a49310a6149320a6149330a612e, '[[1], [1, 2, 3]]', 0",
    "286c70300a49310a612e 80025d71004b01612e, '[[1], [1]]', 0",
    "80049506000000000000005d944b01612e 0000 80049506000000000000005d944b01612e, '[[1], [1]]', 0",
    "80049506000000000000005d944b01612e 286c70300a49310a6149320a6149330a612e, '[[1], [1, 2, 3]]',"
        + " 0",
    "80049506000000000000005d944b01612e 80025d71004b01612e 6a756e6b, '[[1], [1]]', 4",
    "80025d71004b01612e 4e2e, '[1]', 2",
    "80025d71004b01612e 80025d71004b01612e 6a756e6b, '[[1], [1]]', 4",
    "80025d71004b01612e 80025d7100, '[1]', 5"
  })
  void picklesOfOtherProtocolsAndWhatFollowsThem(String hex, String shown, int stray)
      throws Exception {
    byte[] value = HexFormat.of().parseHex(hex.replace(" ", ""));
    SaveGraph graph = decoder.decode(value);
    assertThat(json(graph)).isEqualTo(shown);
    assertThat(RecordDecoder.strayBytes(graph)).isEqualTo(stray);
    // Throws where what is written means something else.
    assertThat(RoundTrip.of(value, graph, LIMITS).pickle()).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  void everyPickleIsDecodedAndTheValueComesBack(String name, byte[] value, String shown)
      throws Exception {
    SaveGraph graph = decoder.decode(value);
    assertThat(json(graph)).isEqualTo(shown);
    Records records = graph.style().records();
    boolean isStream = name.contains("stream");
    assertThat(records.isZodb()).isEqualTo(name.startsWith("zodb"));
    assertThat(records == Records.STREAM || records == Records.STREAM_OF_ONE_MEMO)
        .isEqualTo(isStream);
    // From protocol 4 on nothing tells, and a record of ZODB is taken for one pickler's.
    boolean isTaken = name.matches("zodb( with no arguments)? [45]");
    assertThat(records.isOfOneMemo()).isEqualTo(name.contains("of one memo") || isTaken);

    RoundTrip again = RoundTrip.of(value, graph, LIMITS);
    assertThat(again.outcome()).isEqualTo(RoundTrip.Outcome.IDENTICAL);

    byte[] message = new GraphMessage().encode(graph);
    SaveGraph read = GraphMessage.decode(message, LIMITS);
    assertThat(read.style().records()).isEqualTo(records);
    assertThat(RoundTrip.of(value, read, LIMITS).outcome()).isEqualTo(RoundTrip.Outcome.IDENTICAL);
    assertThat(GraphDigest.sha256(read, LIMITS)).isEqualTo(GraphDigest.sha256(graph, LIMITS));
  }

  private static SaveGraph by(RecordRule rule, String value) throws CodecException {
    return new RecordDecoder(new PickleDecoder(LIMITS)::decode, LIMITS, rule)
        .decode(TestPickles.bytes(value));
  }

  @Test
  void aRuleTakesValuesForWhatItSays() throws Exception {
    String two = "\u0080\2cshop.model\nAccount\n.\u0080\2}.";
    assertThat(json(by(RecordRule.SINGLE, two))).isEqualTo("{\"$global\": \"shop.model.Account\"}");
    assertThat(by(RecordRule.SINGLE, two).style().trailing()).hasSize(4);
    assertThat(json(by(RecordRule.STREAM, two)))
        .isEqualTo("[{\"$global\": \"shop.model.Account\"}, {}]");
    assertThat(json(by(RecordRule.ZODB, two)))
        .isEqualTo("{\"$class\": \"shop.model.Account\", \"$state\": {}}");
    for (String one : List.of("\u0080\2K\1.", "\u0080\2K\1.<!-- -->")) {
      SaveGraph graph = by(RecordRule.STREAM, one);
      assertThat(json(graph)).isEqualTo("[1]");
      assertThat(RoundTrip.of(TestPickles.bytes(one), graph, LIMITS).outcome())
          .isEqualTo(RoundTrip.Outcome.IDENTICAL);
      assertThatThrownBy(() -> by(RecordRule.ZODB, one))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("no record of ZODB");
    }
  }

  @Test
  void paddingBetweenTwoPicklesIsNeitherOfThem() throws Exception {
    String lines = "\u0080\2]K\1a.\n\u0080\4K\2.\r\n\u0080\2}.\n";
    SaveGraph graph = decoder.decode(TestPickles.bytes(lines));
    assertThat(json(graph)).isEqualTo("[[1], 2, {}]");
    assertThat(graph.style().trailing()).hasSize(1);
    assertThat(RoundTrip.of(TestPickles.bytes(lines), graph, LIMITS).outcome())
        .isEqualTo(RoundTrip.Outcome.EQUIVALENT);
    assertThat(json(decoder.decode(TestPickles.bytes("(lp0\nI1\na.\nI2\n.\nI3\n."))))
        .isEqualTo("[[1], 2, 3]");
    // A class and a state with a line between are no record of ZODB's.
    assertThat(json(decoder.decode(TestPickles.bytes("\u0080\2ca\nB\n.\n\u0080\2}."))))
        .isEqualTo("[{\"$global\": \"a.B\"}, {}]");
    // Blocks of a fixed size that NULs fill up.
    String blocks = "\u0080\2]K\1a.\0\0\0\0\u0080\2K\2.\0 \n\u0080\2}.\0\0\0";
    SaveGraph filled = decoder.decode(TestPickles.bytes(blocks));
    assertThat(json(filled)).isEqualTo("[[1], 2, {}]");
    assertThat(RecordDecoder.strayBytes(filled)).isZero();
    assertThat(RoundTrip.of(TestPickles.bytes(blocks), filled, LIMITS).outcome())
        .isEqualTo(RoundTrip.Outcome.EQUIVALENT);
    for (String single :
        List.of("\u0080\2K\1.\nnot a pickle", "\u0080\2K\1.\0\0\u0080\2K", "\u0080\2K\1.\0I2\n.")) {
      SaveGraph one = decoder.decode(TestPickles.bytes(single));
      assertThat(json(one)).isEqualTo("1");
      assertThat(RecordDecoder.strayBytes(one)).isPositive();
    }
  }

  @Test
  void aStreamThatNoPicklerWroteStaysAStream() throws Exception {
    // A POP of what no pickler would have made: the same bytes cannot be written again.
    byte[] value = TestPickles.bytes("\u0080\2N0K\1.\u0080\2]K\2a.");
    SaveGraph graph = decoder.decode(value);
    assertThat(json(graph)).isEqualTo("[1, [2]]");
    RoundTrip again = RoundTrip.of(value, graph, LIMITS);
    assertThat(again.outcome()).isEqualTo(RoundTrip.Outcome.EQUIVALENT);
    SaveGraph written = decoder.decode(again.pickle());
    assertThat(written.style().records()).isEqualTo(Records.STREAM);
    assertThat(json(written)).isEqualTo("[1, [2]]");
  }

  @Test
  void manyTinyPicklesAndManyThatAreNoneEndSoon() {
    byte[] tiny = "N.".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
    byte[] blanks = ("N." + " ".repeat(400_000) + "N.").getBytes(StandardCharsets.US_ASCII);
    byte[] broken = ("N.".repeat(200_000) + "a.").getBytes(StandardCharsets.US_ASCII);
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          assertThat(decoder.decode(tiny).size()).isEqualTo(200_001);
          assertThat(decoder.decode(blanks).size()).isEqualTo(3);
          assertThat(decoder.decode(broken).style().trailing()).hasSize(400_000);
        });
  }
}
