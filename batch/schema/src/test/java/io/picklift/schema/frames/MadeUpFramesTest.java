package io.picklift.schema.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.testing.Saves;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Few bytes cannot have many rows, or take much time or stack, whatever they say of themselves. */
class MadeUpFramesTest {
  private static final String INDEX =
      "cpandas.core.indexes.base\n_new_Index\n(cpandas.core.indexes.base\nIndex\n(d";

  private static String range(long stop) {
    return INDEX + "Vstart\nI0\nsVstop\nI" + stop + "\nsVstep\nI1\nstR";
  }

  private static String array(String type, String shape, String data) {
    return "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n("
        + shape
        + "tcnumpy\ndtype\n(V"
        + type
        + "\nI0\nI1\ntR(I3\nV<\nNNNI-1\nI-1\nI0\ntbI00\n"
        + data
        + "tb";
  }

  /** A block of the first column. */
  private static String block(String values) {
    return "cpandas._libs.internals\n_unpickle_block\n("
        + values
        + "cbuiltins\nslice\n(I0\nI1\nI1\ntRI2\ntR";
  }

  private static @Nullable Frame frame(String labels, String index, String block) throws Exception {
    String manager =
        "cpandas.core.internals.managers\nBlockManager\n((" + block + "t(" + labels + index + "ltR";
    String pickle = "\u0080\u0002cpandas.core.frame\nDataFrame\n)\u0081}V_mgr\n" + manager + "sb.";
    Meaning meaning =
        Meaning.of(Saves.decode(pickle.getBytes(StandardCharsets.ISO_8859_1)), Limits.defaults());
    return new FrameReader(meaning).frame(meaning.root());
  }

  private static final String ONE = array("f8", "I1\nI1\n", "S'12345678'\n");

  @Test
  void labelsThatCountAloneAreTrustedForFewRows() throws Exception {
    assertThat(frame(range(0), range(3), "")).extracting(Frame::rows).isEqualTo(3);
    assertThat(frame(range(0), range(2_000_000_000), "")).isNull();
    assertThat(frame(range(1), range(1), block(ONE))).extracting(Frame::rows).isEqualTo(1);
    assertThat(frame(range(1), range(2_000_000_000), block(ONE))).isNull();
  }

  @Test
  void aShapeCountsAsFarAsThereAreElements() throws Exception {
    String tall = array("f8", "I1\nI100000000\n", "S'12345678'\n");
    assertThat(frame(range(1), range(100_000_000), block(tall))).isNull();
    String labels = INDEX + "Vdata\n" + array("O8", "I100000000\n", "(Va\nl") + "stR";
    assertThat(frame(range(0), labels, "")).isNull();
    String one = INDEX + "Vdata\n" + array("O8", "I1\n", "(Va\nl") + "stR";
    assertThat(frame(range(1), one, block(ONE))).extracting(Frame::rows).isEqualTo(1);
  }

  @Test
  void indexesAroundIndexesAreNotFollowedForEver() throws Exception {
    int depth = 20_000;
    String index = (INDEX + "Vdata\n").repeat(depth) + "N" + "stR".repeat(depth);
    Frame frame = Objects.requireNonNull(frame(range(1), index, block(ONE)));
    assertThat(frame.index().get(0).cells()).isNull();
  }
}
