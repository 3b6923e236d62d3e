package io.picklift.schema.residue;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.GraphAssert;
import io.picklift.schema.testing.Saves;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References that are more than the lists of {@link LinkContexts} can tell apart. */
class ManyReferencesTest {
  private static final int DICTS = 2000;

  @ParameterizedTest
  @CsvSource({
    "1, 1", "1, 249", "1, 250", "1, 251", "3, 900", "255, 5", "256, 5", "257, 5", "700, 40"
  })
  void comeBackWhateverTheyAreMadeFrom(int keys, int values) throws Exception {
    SaveGraph graph = Saves.decode(pickle(keys, values));
    SplitSave split = SaveSplitter.split(nothing(), graph, 1, Limits.defaults());
    GraphAssert.assertSame(
        SaveJoiner.join(nothing(), split.residue(), split.rows(), Limits.defaults()), graph);
  }

  @Test
  void fewOfThemTakeLittle() throws Exception {
    byte[] few =
        SaveSplitter.split(nothing(), Saves.decode(pickle(1, 2)), 1, Limits.defaults()).residue();
    byte[] many =
        SaveSplitter.split(nothing(), Saves.decode(pickle(1, 200)), 1, Limits.defaults()).residue();
    assertThat(few.length * 3).isLessThan(many.length);
  }

  private static Mapping nothing() throws Exception {
    return Mapping.parse(
        "m", "{version: 1, tables: {t: {root: true, columns: {v: {path: none, type: INT}}}}}");
  }

  /** A list of texts, then dicts of one of them, each by a key; keys and texts by chance. */
  private static byte[] pickle(int keys, int values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x80, 4, ']', (byte) 0x94, '('});
    for (int i = 0; i < keys + values; i++) {
      byte[] text = (i < keys ? "key" + i : "value" + i).getBytes(StandardCharsets.US_ASCII);
      out.write(0x8c);
      out.write(text.length);
      out.writeBytes(text);
      out.write(0x94);
    }
    Random random = new Random(keys * 1000L + values);
    for (int i = 0; i < DICTS; i++) {
      out.write('}');
      get(out, 1 + random.nextInt(keys));
      get(out, 1 + keys + random.nextInt(values));
      out.write('s');
    }
    out.writeBytes(new byte[] {'e', '.'});
    return out.toByteArray();
  }

  private static void get(ByteArrayOutputStream out, int memo) {
    out.write('j');
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(memo >> shift);
    }
  }
}
