package io.picklift.jython.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.jython.JythonDecoder;
import io.picklift.jython.testing.Corpus;
import io.picklift.jython.testing.Corpus.Case;
import io.picklift.jython.testing.Outcome;
import io.picklift.jython.testing.Streams;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine in Python and the one in Java give the same graph, or the same refusal, for the same
 * bytes.
 */
class AgreementTest {
  private static final int STREAMS = 10_000;

  private final JythonDecoder python = new JythonDecoder(Limits.defaults());
  private final PickleDecoder java = new PickleDecoder(Limits.defaults());

  @Test
  void onTheExamplesOfTheFormats() throws IOException {
    check(Corpus.examples(), 300);
  }

  @Test
  void onTheCasesMadeByHand() throws IOException {
    check(Corpus.cases(), 2_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpython", "samples", "streams"})
  void onTheRecordedCorpora(String corpus) throws IOException {
    check(Corpus.recorded(corpus), 2_000);
  }

  @Test
  void onTenThousandGeneratedStreams() {
    Streams streams = new Streams(20261121);
    int refused = 0;
    for (int i = 0; i < STREAMS; i++) {
      byte[] pickle = streams.next();
      if (Outcome.isRefused(agreed("stream " + i, pickle))) {
        refused++;
      }
    }
    // A generator whose streams all decode, or all fail early, would show nothing.
    assertThat(refused).isBetween(STREAMS * 3 / 10, STREAMS * 7 / 10);
  }

  private void check(List<Case> cases, int atLeast) {
    assertThat(cases).hasSizeGreaterThan(atLeast);
    for (Case one : cases) {
      String outcome = agreed(one.name(), one.pickle());
      if (one.refused().isEmpty()) {
        assertThat(Outcome.isRefused(outcome)).as(one.name()).isFalse();
      } else if (one.refused().equals("?")) {
        assertThat(Outcome.isRefused(outcome)).as(one.name()).isTrue();
      } else {
        assertThat(outcome)
            .as(one.name())
            .startsWith("refused")
            .endsWith(" at " + one.refused().split(":", 2)[0]);
      }
    }
  }

  private String agreed(String name, byte[] pickle) {
    String outcome = Outcome.of(python::decode, pickle);
    assertThat(outcome)
        .as(() -> name + ", " + HexFormat.of().formatHex(pickle, 0, Math.min(pickle.length, 1_000)))
        .isEqualTo(Outcome.of(java::decode, pickle));
    return outcome;
  }
}
