package io.picklift.codec.json;

import static io.picklift.codec.testing.TestPickles.bytes;
import static io.picklift.codec.testing.TestPickles.get;
import static io.picklift.codec.testing.TestPickles.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.testing.TestPickles;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Depth costs nothing, and a short pickle makes no long document. */
@Timeout(60)
final class JsonLimitsTest {
  private static final int DEEP = 1_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"tuples", "persistent ids", "pairs", "lists", "states"})
  void aMillionLevelsAreWrittenHashedAndCompared(String what) throws Exception {
    String pickle =
        switch (what) {
          case "tuples" -> "N" + "\u0085".repeat(DEEP) + ".";
          case "persistent ids" -> "N" + "Q".repeat(DEEP) + ".";
          case "pairs" -> "N" + "N\u0086".repeat(DEEP) + ".";
          case "lists" -> "]".repeat(DEEP) + "a".repeat(DEEP - 1) + ".";
          default ->
              "cm\nC\nq\0)\u0081" + "h\0)\u0081".repeat(DEEP - 1) + "b".repeat(DEEP - 1) + ".";
        };
    SaveGraph graph = new PickleDecoder(Limits.defaults()).decode(bytes("\u0080\2" + pickle));
    long[] written = new long[1];
    new JsonWriter(Limits.defaults()).write(graph, counting(written));
    assertThat(written[0]).isGreaterThanOrEqualTo(2L * DEEP);
    assertThat(GraphDigest.sha256(graph, Limits.defaults())).hasSize(32);
    assertThat(GraphDiff.compare(graph, graph, 10, Limits.defaults())).isEmpty();
  }

  @Test
  void aPersistentIdThatIsFetchedAgainAndAgainEndsAtTheOutputLimit() throws Exception {
    String chain = "Cd" + "x".repeat(100) + "Q".repeat(1000) + put(0) + "0";
    SaveGraph graph = TestPickles.decode("\u0080\3" + chain + "(" + get(0).repeat(100_000) + "l.");
    assertLimit(graph, ErrorCode.LIMIT_OUTPUT);
    // The digest counts a chain, and takes a few bytes for each use.
    assertThat(GraphDigest.sha256(graph, Limits.defaults())).hasSize(32);
  }

  @Test
  void aTextThatIsFetchedAgainAndAgainEndsAtTheOutputLimit() throws Exception {
    String text = "X\u0000\u0000\1\0" + "x".repeat(1 << 16) + put(0) + "0";
    SaveGraph graph = TestPickles.decode("\u0080\3" + text + "(" + get(0).repeat(100_000) + "l.");
    assertLimit(graph, ErrorCode.LIMIT_OUTPUT);
    assertThat(GraphDigest.sha256(graph, Limits.defaults())).hasSize(32);
  }

  @Test
  void argumentsThatManyCallsShareEndAtTheOutputLimit() throws Exception {
    String args = "(" + "N".repeat(20_000) + "t" + put(0) + "0cm\nC\n" + put(1) + "0";
    SaveGraph graph =
        TestPickles.decode(
            "\u0080\2" + args + "(" + (get(1) + get(0) + "\u0081").repeat(20_000) + "l.");
    assertLimit(graph, ErrorCode.LIMIT_OUTPUT);
  }

  @Test
  void setsOfOneListEndAtALimit() throws Exception {
    String list =
        "](" + "K\1K\2K\3".repeat(20_000) + "e" + put(0) + "0c__builtin__\nset\n" + put(1) + "0";
    SaveGraph graph =
        TestPickles.decode(
            "\u0080\2" + list + "(" + (get(1) + get(0) + "\u0085R").repeat(20_000) + "l.");
    assertThatThrownBy(() -> Meaning.of(graph, Limits.defaults()))
        .isInstanceOfSatisfying(
            LimitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_OUTPUT));
  }

  @Test
  void depthHasALimitWhereOneIsSet() throws Exception {
    SaveGraph graph = TestPickles.decode("\u0080\2]]]aa.");
    new JsonWriter(Limits.builder().depth(3).build()).write(graph, OutputStream.nullOutputStream());
    assertThatThrownBy(
            () ->
                new JsonWriter(Limits.builder().depth(2).build())
                    .write(graph, OutputStream.nullOutputStream()))
        .isInstanceOfSatisfying(
            CodecException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_DEPTH));
  }

  @Test
  void longTextAndBytesPassThroughTheBufferWhole() throws Exception {
    String text = "a\u00e9\n\"".repeat(50_000);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write('X');
    for (int i = 0; i < 4; i++) {
      pickle.write(utf8.length >> (8 * i));
    }
    pickle.writeBytes(utf8);
    pickle.write('.');
    SaveGraph graph = new PickleDecoder(Limits.defaults()).decode(pickle.toByteArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new JsonWriter(Limits.defaults()).write(graph, out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo('"' + text.replace("\n", "\\n").replace("\"", "\\\"").replace("\"", "\"") + '"');
  }

  private static void assertLimit(SaveGraph graph, ErrorCode code) {
    assertThatThrownBy(
            () -> new JsonWriter(Limits.defaults()).write(graph, OutputStream.nullOutputStream()))
        .isInstanceOfSatisfying(LimitException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static OutputStream counting(long[] written) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        written[0]++;
      }

      @Override
      public void write(byte[] b, int off, int len) {
        written[0] += len;
      }
    };
  }
}
