package io.picklift.codec.diff;

import static io.picklift.codec.testing.TestPickles.decode;
import static io.picklift.codec.testing.TestPickles.get;
import static io.picklift.codec.testing.TestPickles.put;
import static io.picklift.codec.testing.TestPickles.str;
import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
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
  void membersOfASetAreFoundByValue() throws Exception {
    String words = "\u0080\4\u008f(" + str("a") + str("b") + str("c") + "\u0090.";
    String other = "\u0080\4\u008f(" + str("c") + str("x") + str("a") + "\u0090.";
    assertThat(values(words, other))
        .containsExactly(
            new Difference("", "str \"b\"", "absent"), new Difference("", "absent", "str \"x\""));
    assertThat(values("\u0080\4](K\1(" + str("a") + "K\2\u0091e.", "\u0080\4](K\1(K\2\u0091e."))
        .containsExactly(
            new Difference("[1]", "frozenset of 2", "frozenset of 1"),
            new Difference("[1]", "str \"a\"", "absent"));
  }

  @Test
  void theOrderInWhichASetWasWrittenIsNoDifferenceToPython() throws Exception {
    String one = "(K\1" + str("a") + "\u0091";
    String same = "(" + str("a") + "K\1\u0091";
    String object = "cm\nC\n)\u0081}" + str("r") + "K\7sb";
    String members = "K\1K\2\u0086" + one + object;
    String left = "\u0080\4\u008f(" + members + str("z") + "\u0090.";
    String right = "\u0080\4\u008f(" + str("z") + object + "K\1K\2\u0086" + same + "\u0090.";
    assertThat(values(left, right)).isEmpty();
    assertThat(differences(left, right))
        .containsExactly(
            new Difference("", "tuple of 2, number 0 as written", "tuple of 2, number 2"),
            new Difference("[1]", "int 1, number 0 as written", "int 1, number 1"));
  }

  /** The object that is left over on both sides is compared as one. */
  @Test
  void anObjectOfASetThatDiffers() throws Exception {
    String start = "\u0080\4\u008f(";
    String object = "cm\nC\n)\u0081}" + str("r") + "K\7sb";
    String changed = object.replace("K\7", "K\10");
    assertThat(values(start + object + "K\1\u0090.", start + "K\1" + changed + "\u0090."))
        .containsExactly(new Difference("[0].r", "int 7", "int 8"));
  }

  @Test
  void tuplesAsKeysAreFoundByValue() throws Exception {
    String first = "K\1K\2\u0086" + str("p");
    String second = "K\3K\4\u0086" + str("q");
    assertThat(differences("}(" + first + second + "u.", "}(" + second + first + "u."))
        .containsExactly(new Difference("[tuple of 2]", "key number 0", "key number 1"));
  }

  /** So many characters would take minutes. */
  @Test
  @Timeout(60)
  void manyDictsWithOneLongKeyAreNotNamedInFull() throws Exception {
    String start = "\u0080\4(" + "N".repeat(1_500) + "t" + put(0) + "0](";
    String dicts = ("}" + get(0) + "Ns").repeat(400_000);
    assertThat(differences(start + dicts + "e.", start + dicts + "Ne.")).hasSize(1);
  }

  /** Each member holds a tuple that is long, and one for all. */
  @Test
  @Timeout(60)
  void membersThatShareALongTupleAreNotNamedInFull() throws Exception {
    String tuple = "(" + "N".repeat(1_500) + "t" + put(0) + "0";
    StringBuilder members = new StringBuilder();
    StringBuilder reversed = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      String member = get(0) + "M" + (char) (i % 256) + (char) (i / 256) + "\u0086";
      members.append(member);
      reversed.insert(0, member);
    }
    String start = "\u0080\4" + tuple + "\u008f(";
    assertThat(values(start + members + "\u0090.", start + reversed + "\u0090.")).hasSize(10);
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

  private static List<Difference> values(String left, String right) throws Exception {
    return GraphDiff.compareValues(
        Meaning.of(decode(left), Limits.defaults()),
        Meaning.of(decode(right), Limits.defaults()),
        10);
  }

  private static List<Difference> differences(String left, String right) throws Exception {
    return GraphDiff.compare(decode(left), decode(right), 10, Limits.defaults());
  }
}
