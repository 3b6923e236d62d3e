package io.picklift.jython;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.error.MalformedException;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.jython.testing.Pickles;
import org.junit.jupiter.api.Test;

/** Decoding by both engines, and what is said when one of them is wrong. */
class BothEnginesTest {
  private final PickleDecoder fast = new PickleDecoder(Limits.defaults());

  /** {@code {"a": [1, number], "b": 2}} */
  private static byte[] pickle(int number) {
    return new Pickles()
        .add("\u0080\u0002}(")
        .text("a")
        .add("](K\u0001K" + (char) number + "e")
        .text("b")
        .add("K\u0002u.")
        .bytes();
  }

  @Test
  void agreeingEnginesGiveTheGraph() throws Exception {
    assertThat(new BothEngines(Limits.defaults()).decode(pickle(3)).size()).isEqualTo(7);
  }

  @Test
  void whatBothRefuseIsRefused() {
    assertThatThrownBy(
            () -> new BothEngines(Limits.defaults()).decode(new byte[] {'K', 1, 'a', '.'}))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("at byte 2, APPEND");
  }

  @Test
  void aSaveThatNeedsTooMuchMemoryIsNoDisagreement() {
    Limits little = Limits.builder().memory(1_000).build();
    byte[] large = new Pickles().add("](" + "K\u0001".repeat(100_000) + "e.").bytes();
    assertThatThrownBy(() -> new BothEngines(little).decode(large))
        .isInstanceOf(LimitException.class)
        .hasMessageContaining("the limit memory of");
  }

  @Test
  void anotherValueIsNamedByPathAndOffset() {
    BothEngines wrong =
        new BothEngines(
            Limits.defaults(),
            fast::decode,
            ignored -> new JythonDecoder(Limits.defaults()).decode(pickle(4)));
    EnginesDisagreeException e =
        catchThrowableOfType(EnginesDisagreeException.class, () -> wrong.decode(pickle(3)));
    assertThat(e.path()).isEqualTo("a[1]");
    assertThat(e.offset()).isEqualTo(9);
    assertThat(e)
        .hasMessage(
            "the engines disagree at a[1], at byte 9: fast reads one value there, jython another");
  }

  @Test
  void aRefusalByOneAloneIsNamedByItsOffset() {
    BothEngines wrong =
        new BothEngines(
            Limits.defaults(),
            fast::decode,
            ignored -> new JythonDecoder(Limits.defaults()).decode(new byte[] {'K', 1, 'a', '.'}));
    assertThatThrownBy(() -> wrong.decode(pickle(3)))
        .isInstanceOf(EnginesDisagreeException.class)
        .hasMessage(
            "the engines disagree, at byte 2: fast decodes it, jython refuses it (stack_underflow)");
  }

  @Test
  void refusalsAreComparedByCodeAndOffset() {
    BothEngines wrong =
        new BothEngines(
            Limits.defaults(),
            fast::decode,
            ignored -> new JythonDecoder(Limits.defaults()).decode(new byte[] {'K', 1, 'a', '.'}));
    assertThatThrownBy(() -> wrong.decode(new byte[] {'K', 1, 'K', 2, 'K', 3, 's', '.'}))
        .isInstanceOf(EnginesDisagreeException.class)
        .hasMessageContaining("at byte 2");
  }
}
