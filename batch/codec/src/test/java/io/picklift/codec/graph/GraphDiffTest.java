package io.picklift.codec.graph;

import static io.picklift.codec.graph.TestPickles.decode;
import static io.picklift.codec.graph.TestPickles.get;
import static io.picklift.codec.graph.TestPickles.put;
import static io.picklift.codec.graph.TestPickles.str;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
    assertThat(GraphDiff.compare(decode("](K\1K\1K\1e."), decode("](K\2K\2K\2e."), 2)).hasSize(2);
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

  private static List<Difference> differences(String left, String right) throws Exception {
    return GraphDiff.compare(decode(left), decode(right), 10);
  }
}
