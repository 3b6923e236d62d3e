package io.picklift.codec.meaning;

import static io.picklift.codec.testing.TestPickles.str;
import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.error.CodecException;
import io.picklift.codec.testing.TestPickles;
import org.junit.jupiter.api.Test;

/** One visitor is shown what every sort of container holds. */
final class ContentsTest {
  /** The members as whole numbers: {@code 1 2} of a sequence, {@code 1:2} of pairs. */
  private static String contents(String pickle) throws CodecException {
    Meaning meaning = TestPickles.meaning(pickle);
    StringBuilder out = new StringBuilder();
    meaning
        .contents()
        .visit(
            meaning.root(),
            new MemberVisitor() {
              @Override
              public void items(int holder, long items) {
                for (int member : meaning.toArray(items)) {
                  out.append(out.isEmpty() ? "" : " ").append(meaning.longValue(member));
                }
              }

              @Override
              public void pairs(int holder, long pairs) {
                int[] all = meaning.toArray(pairs);
                for (int i = 0; i < all.length; i += 2) {
                  out.append(out.isEmpty() ? "" : " ").append(meaning.longValue(all[i]));
                  out.append(':').append(meaning.longValue(all[i + 1]));
                }
              }
            });
    return out.toString();
  }

  @Test
  void plainContainers() throws Exception {
    assertThat(contents("](K\1K\2e.")).isEqualTo("1 2");
    assertThat(contents("K\1K\2\u0086.")).isEqualTo("1 2");
    assertThat(contents("\u008f(K\1K\2\u0090.")).isEqualTo("1 2");
    assertThat(contents("}K\1K\2s.")).isEqualTo("1:2");
  }

  @Test
  void wellKnownContainers() throws Exception {
    assertThat(contents("ccollections\nOrderedDict\n)RK\1K\2s.")).isEqualTo("1:2");
    assertThat(contents("ccollections\ndefaultdict\ncbuiltins\nint\n\u0085RK\1K\2s."))
        .isEqualTo("1:2");
    assertThat(contents("ccollections\ndeque\n)R(K\1K\2e.")).isEqualTo("1 2");
  }

  @Test
  void objectsThatWereGivenMembers() throws Exception {
    assertThat(contents("cg\nL\n)\u0081(K\1K\2e.")).isEqualTo("1 2");
    assertThat(contents("cg\nD\n)\u0081K\1K\2s.")).isEqualTo("1:2");
    assertThat(contents("cg\nD\n)\u0081K\1K\2s}" + str("a") + "K\3sb.")).isEqualTo("1:2");
  }

  @Test
  void theOnlyArgumentOfACall() throws Exception {
    assertThat(contents("cg\nS\n](K\1K\2e\u0085R.")).isEqualTo("1 2");
    assertThat(contents("ccollections\nCounter\n}K\1K\2s\u0085R.")).isEqualTo("1:2");
  }

  @Test
  void nothingElseHoldsAnything() throws Exception {
    assertThat(contents("K\1.")).isEmpty();
    assertThat(contents("cg\nC\n)\u0081}" + str("a") + "K\1sb.")).isEmpty();
  }
}
