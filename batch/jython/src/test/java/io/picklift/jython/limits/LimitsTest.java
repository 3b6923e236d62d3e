package io.picklift.jython.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.jython.JythonDecoder;
import io.picklift.jython.testing.Outcome;
import io.picklift.jython.testing.Pickles;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each limit refuses what is over it and nothing else, as the engine in Java does. */
class LimitsTest {
  private static void agree(Limits limits, byte[] within, byte[] over, String refusal) {
    for (byte[] pickle : List.of(within, over)) {
      String outcome = Outcome.of(new JythonDecoder(limits)::decode, pickle);
      assertThat(outcome).isEqualTo(Outcome.of(new PickleDecoder(limits)::decode, pickle));
      assertThat(outcome.strip())
          .satisfies(
              text ->
                  assertThat(Outcome.isRefused(text) ? text : "decoded")
                      .isEqualTo(pickle == over ? "refused: " + refusal : "decoded"));
    }
  }

  private static byte[] pickle(String latin1) {
    return new Pickles().add(latin1).bytes();
  }

  @Test
  void bytes() {
    agree(
        Limits.builder().bytes(5).build(),
        pickle("(K\u0001t."),
        pickle("(K\u0001Nt."),
        "LIMIT_BYTES at -1");
  }

  @Test
  void nodes() {
    agree(Limits.builder().nodes(3).build(), pickle("(NNt."), pickle("(NNNt."), "LIMIT_NODES at 4");
  }

  @Test
  void memoEntries() {
    agree(
        Limits.builder().memoEntries(2).build(),
        pickle("Nq\u0000q\u0001q\u0001."),
        pickle("Nq\u0000q\u0001q\u0002."),
        "LIMIT_MEMO_ENTRIES at 5");
  }

  @Test
  void aMemoIndexFarAway() {
    Limits limits = Limits.defaults();
    agree(
        limits,
        pickle("Nr\u00ff\u00ff\u00ff\u00ffj\u00ff\u00ff\u00ff\u00ff."),
        pickle("j\u00ff\u00ff\u00ff\u00ff."),
        "MEMO_UNSET at 0");
  }

  @Test
  void digitsOfAnIntegerAsText() {
    Limits limits = Limits.builder().textIntegerDigits(30).build();
    agree(
        limits,
        pickle("L" + "1".repeat(30) + "L\n."),
        pickle("L" + "1".repeat(31) + "L\n."),
        "LIMIT_TEXT_INTEGER_DIGITS at 0");
    agree(
        limits,
        pickle("I" + "1".repeat(30) + "\n."),
        pickle("I" + "1".repeat(31) + "\n."),
        "LIMIT_TEXT_INTEGER_DIGITS at 0");
  }

  @Test
  void textAndBytes() {
    Limits limits = Limits.builder().stringLength(3).build();
    agree(
        limits,
        pickle("X\u0003\u0000\u0000\u0000abc."),
        pickle("X\u0004\u0000\u0000\u0000abcd."),
        "LIMIT_STRING_LENGTH at 0");
    agree(limits, pickle("U\u0003abc."), pickle("U\u0004abcd."), "LIMIT_STRING_LENGTH at 0");
    agree(limits, pickle("C\u0003abc."), pickle("C\u0004abcd."), "LIMIT_STRING_LENGTH at 0");
    agree(limits, pickle("Vabc\n."), pickle("Vabcd\n."), "LIMIT_STRING_LENGTH at 0");
    agree(limits, pickle("S'a'\n."), pickle("S'abcd'\n."), "LIMIT_STRING_LENGTH at 0");
  }

  @Test
  void depthHasNone() {
    int depth = 200_000;
    agree(
        Limits.defaults(),
        pickle("(".repeat(depth) + "l".repeat(depth) + "."),
        pickle("(".repeat(depth) + "l".repeat(depth)),
        "STOP_MISSING at " + 2 * depth);
  }
}
