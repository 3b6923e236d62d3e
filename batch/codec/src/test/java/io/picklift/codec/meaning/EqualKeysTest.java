package io.picklift.codec.meaning;

import static io.picklift.codec.testing.TestPickles.get;
import static io.picklift.codec.testing.TestPickles.json;
import static io.picklift.codec.testing.TestPickles.put;
import static io.picklift.codec.testing.TestPickles.str;
import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.testing.TestPickles;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which keys of a dict are one, by Python's equality. */
final class EqualKeysTest {
  @Test
  void oneTrueAndOnePointZeroAreOneKeyWithTheLastValue() throws Exception {
    assertThat(json("}(K\1K\nG?\u00f0\0\0\0\0\0\0K\u000b\u0088K\fu."))
        .isEqualTo("{\"$dict\": [[1, 12]]}");
  }

  @Test
  void minusZeroIsZero() throws Exception {
    assertThat(json("\u008f(K\0G\u0080\0\0\0\0\0\0\0\u0089\u0090.")).isEqualTo("{\"$set\": [0]}");
  }

  @Test
  void aNanIsItselfAlone() throws Exception {
    String nan = "G\177\370\0\0\0\0\0\0";
    assertThat(json("\u008f(" + nan + put(0) + nan + get(0) + "\u0090."))
        .isEqualTo("{\"$set\": [{\"$float\": \"nan\"}, {\"$float\": \"nan\"}]}");
  }

  @Test
  void textOfPython2IsItsText() throws Exception {
    assertThat(json("}(U\1aK\1" + str("a") + "K\2u.")).isEqualTo("{\"a\": 2}");
  }

  @Test
  void textOfPython2ThatIsNoUtf8IsItsBytes() throws Exception {
    assertThat(json("\u008f(U\1\u00ffC\1\u00ff\u0090."))
        .isEqualTo("{\"$set\": [{\"$bytes\": \"/w==\"}]}");
  }

  @Test
  void textIsNotBytes() throws Exception {
    assertThat(json("\u008f(" + str("a") + "C\1a\u0090."))
        .isEqualTo("{\"$set\": [\"a\", {\"$bytes\": \"YQ==\"}]}");
  }

  @Test
  void namesAreEqualByBothParts() throws Exception {
    assertThat(json("\u0080\4\u008f(ca\nb.c\nca\nb.c\nca.b\nc\n\u0090."))
        .isEqualTo("{\"$set\": [{\"$global\": \"a.b.c\"}, {\"$global\": \"a.b.c\"}]}");
  }

  @Test
  void tuplesAreEqualMemberByMember() throws Exception {
    assertThat(json("}(K\1" + str("a") + "\u0086K\1\u0088" + str("a") + "\u0086K\2u."))
        .isEqualTo("{\"$dict\": [[{\"$tuple\": [1, \"a\"]}, 2]]}");
  }

  @Test
  void listsAreThemselvesAlone() throws Exception {
    assertThat(json("}(]K\1]K\2u.")).isEqualTo("{\"$dict\": [[[], 1], [[], 2]]}");
  }

  @Test
  void aFoldedSetTakesWhatTheListHeldThen() throws Exception {
    assertThat(
            json(
                "\u0080\2]"
                    + put(0)
                    + "(K\1K\1e0c__builtin__\nset\n"
                    + get(0)
                    + "\u0085R"
                    + get(0)
                    + "K\2a0."))
        .isEqualTo("{\"$set\": [1]}");
  }

  @Test
  @Timeout(20)
  void tuplesThatShareTheirMembersTakeNoExponentialTime() throws Exception {
    StringBuilder pickle = new StringBuilder("}(");
    for (int key = 0; key < 2; key++) {
      pickle.append(")");
      for (int i = 0; i < 200; i++) {
        pickle.append(put(0)).append(get(0)).append("\u0086");
      }
      pickle.append("K\1");
    }
    Meaning meaning = TestPickles.meaning(pickle + "u.");
    assertThat(meaning.pairs(meaning.root())).hasSize(2);
  }

  @Property(tries = 2000, seed = "1")
  void integersAndFloatsAreComparedExactly(@ForAll long whole, @ForAll byte shift)
      throws Exception {
    double real = Math.scalb((double) whole, shift % 40);
    BigInteger integer = BigInteger.valueOf(whole).shiftLeft(Math.max(0, shift % 40));
    boolean equal = new BigDecimal(real).compareTo(new BigDecimal(integer)) == 0;
    StringBuilder bits = new StringBuilder("G");
    for (int i = 56; i >= 0; i -= 8) {
      bits.append((char) ((Double.doubleToRawLongBits(real) >>> i) & 0xff));
    }
    Meaning meaning = TestPickles.meaning("\u008f(" + bits + "L" + integer + "L\n\u0090.");
    assertThat(meaning.items(meaning.root())).hasSize(equal ? 1 : 2);
  }
}
