package io.picklift.codec.diff;

import static io.picklift.codec.testing.TestPickles.decode;
import static io.picklift.codec.testing.TestPickles.get;
import static io.picklift.codec.testing.TestPickles.put;
import static io.picklift.codec.testing.TestPickles.str;
import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Differences are named by their path. */
final class GraphDiffTest {
  private static final String OBJECT = "\u0080\4cm\nC\n)\u0081}";

  @Test
  void anAttributeOfAnElementOfAnAttribute() throws Exception {
    String start = OBJECT + str("r") + "](NNcm\nP\n)\u0081}" + str("ageYears");
    assertThat(differences(start + "K\51sbesb.", start + "K\50sbesb."))
        .containsExactly(new Difference("r[2].ageYears", "int 41", "int 40"));
  }

  @Test
  void keysThatAreNoNames() throws Exception {
    assertThat(
            differences(
                "}(" + str("a b") + "K\1K\5K\1u.", "}(" + str("a b") + "K\2K\5" + str("x") + "u."))
        .containsExactly(
            new Difference("[\"a b\"]", "int 1", "int 2"),
            new Difference("[int 5]", "int 1", "str \"x\""));
  }

  @Test
  void whatIsAbsentOnOneSide() throws Exception {
    assertThat(
            differences(
                OBJECT + "(" + str("a") + "K\1" + str("b") + "K\2ub.",
                OBJECT + "(" + str("a") + "K\1" + str("c") + "Nub."))
        .containsExactly(
            new Difference("b", "int 2", "absent"), new Difference("c", "absent", "None"));
  }

  @Test
  void theOrderOfADict() throws Exception {
    assertThat(
            differences(
                "}(" + str("a") + "N" + str("b") + "Nu.", "}(" + str("b") + "N" + str("a") + "Nu."))
        .containsExactly(new Difference("a", "key number 0", "key number 1"));
  }

  @Test
  void keysThatHaveNoNameAreComparedWhereTheOthersAreNotInOrder() throws Exception {
    assertThat(differences("}(cm\nC\n)\u0081NK\1Nu.", "}(cm\nD\n)\u0081NK\2Nu."))
        .containsExactly(
            new Difference("[int 1]", "None", "absent"),
            new Difference("[int 2]", "absent", "None"),
            new Difference("$keys[0].$class", "name m.C", "name m.D"));
    assertThat(differences("}(cm\nC\n)\u0081Nu.", "}(cm\nC\n)RNu."))
        .containsExactly(new Difference("$keys[0]", "object m.C", "call m.C"));
  }

  @Test
  void eachNanIsAKeyOfItsOwn() throws Exception {
    String nan = "G\u007f\u00f8\0\0\0\0\0\0N";
    assertThat(differences("}(" + nan + nan + nan + "u.", "}(" + nan + nan + "u."))
        .containsExactly(new Difference("[float NaN]", "None", "absent"));
  }

  @Test
  void longValuesOfTwoFormsAreTheSame() throws Exception {
    String text = "x".repeat(600);
    String half = "x".repeat(300);
    assertThat(differences("V" + text + "\n.", binary(text) + ".")).isEmpty();
    assertThat(differences("V" + "\\u0078".repeat(300) + "\n.", binary(half) + ".")).isEmpty();
    assertThat(
            differences(
                "}(V" + text + "\nNV" + half + "\nNu.",
                "}(" + binary(half) + "N" + binary(text) + "Nu."))
        .extracting(Difference::left)
        .containsExactly("key number 0");
    assertThat(differences("L" + "7".repeat(1000) + "L\n.", "I" + "7".repeat(1000) + "\n."))
        .isEmpty();
    assertThat(differences("V" + text + "\n.", binary("y" + text.substring(1)) + ".")).hasSize(1);
  }

  @Test
  void aClassAndItsArguments() throws Exception {
    assertThat(differences("\u0080\4cm\nC\n(]K\1t\u0081.", "\u0080\4cm\nD\n(]K\2t\u0081."))
        .containsExactly(
            new Difference("$class", "name m.C", "name m.D"),
            new Difference("$args[1]", "int 1", "int 2"));
  }

  @Test
  void oneListHereAndACopyThere() throws Exception {
    assertThat(differences("](]" + put(0) + get(0) + "e.", "](]]e."))
        .containsExactly(
            new Difference("[1]", "list of 0, the same as [0]", "list of 0 of its own"));
  }

  @Test
  void kindsThatAreEqualToPythonAndNotTheSame() throws Exception {
    assertThat(differences("](K\1U\1ae.", "](\u0088" + str("a") + "e."))
        .containsExactly(
            new Difference("[0]", "int 1", "bool True"),
            new Difference("[1]", "Python 2 str \"a\"", "str \"a\""));
  }

  @Test
  void bytearraysByWhatTheyHold() throws Exception {
    String two = "\u0080\5](\u0096\2\0\0\0\0\0\0\0ab\u0096\1\0\0\0\0\0\0\0";
    assertThat(differences(two + "ce.", two + "ce.")).isEmpty();
    assertThat(differences(two + "ce.", two + "de."))
        .containsExactly(new Difference("[1]", "bytearray 63", "bytearray 64"));
  }

  @Test
  void aListThatIsShorter() throws Exception {
    assertThat(differences("](K\1K\2e.", "](K\1e."))
        .containsExactly(new Difference("", "list of 2", "list of 1"));
  }

  @Test
  void noMoreThanAskedFor() throws Exception {
    assertThat(
            GraphDiff.compare(
                decode("](K\1K\1K\1e."), decode("](K\2K\2K\2e."), 2, Limits.defaults()))
        .hasSize(2);
  }

  @Test
  void longValuesAreCut() throws Exception {
    Difference found = differences(str("x".repeat(100)) + ".", "N.").get(0);
    assertThat(found.left()).isEqualTo("str \"" + "x".repeat(60) + "\"... (100 characters)");
  }

  @Test
  void cyclesEnd() throws Exception {
    String cycle = "]" + put(0) + get(0) + "a";
    assertThat(differences(cycle + ".", cycle + ".")).isEmpty();
    assertThat(differences(cycle + ".", "]" + cycle + "a."))
        .containsExactly(
            new Difference("[0]", "list of 1, the same as the whole", "list of 1 of its own"));
  }

  /** Each object is given one of two lists of arguments, paired with each of the other save's. */
  @Test
  @Timeout(60)
  void argumentsThatManyObjectsShareAreComparedOnce() throws Exception {
    String tuples = "(" + "N".repeat(20_000) + "t" + put(0) + "0(" + "N".repeat(20_000) + "t";
    String start = "\u0080\2" + tuples + put(1) + "0cm\nC\n" + put(2) + "0(";
    String object = get(2) + get(0) + "\u0081";
    String other = get(2) + get(1) + "\u0081";
    String left = start + (object + object + other + other).repeat(5_000) + "l.";
    String right = start + (object + other + object + other).repeat(5_000) + "l.";
    assertThat(differences(left, right)).isEmpty();
  }

  @Test
  @Timeout(60)
  void aLongPathIsCutAndMadeOfShortParts() throws Exception {
    String key = binary("k".repeat(1_000_000)) + put(0) + "0";
    String start = "\u0080\2" + key + ("}" + get(0)).repeat(300);
    List<Difference> found =
        differences(
            start + "(NNNNNl" + "s".repeat(300) + ".",
            start + "(K\1K\2K\3K\4K\5l" + "s".repeat(300) + ".");
    assertThat(found).hasSize(5);
    assertThat(found.get(4).path().length()).isLessThan(20_000);
    assertThat(found.get(4).path()).startsWith("...[").endsWith("(1000000 characters)][4]");
  }

  private static String binary(String ascii) {
    int length = ascii.length();
    StringBuilder text = new StringBuilder("X");
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      text.append((char) (length >> shift & 0xff));
    }
    return text.append(ascii).toString();
  }

  private static List<Difference> differences(String left, String right) throws Exception {
    return GraphDiff.compare(decode(left), decode(right), 10, Limits.defaults());
  }
}
