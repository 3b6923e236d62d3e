package io.picklift.schema.residue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.join.JoinException;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.GraphAssert;
import io.picklift.schema.testing.Saves;
import org.junit.jupiter.api.Test;

/** What is no residue as it was written is refused, and nothing made of it. */
class UnreadableResidueTest {
  @Test
  void anotherVersion() throws Exception {
    byte[] residue = split().residue();
    for (int version : new int[] {0, 1, ResidueMessage.VERSION + 1, 0x28}) {
      residue[0] = (byte) version;
      assertThatThrownBy(() -> Residue.read(residue, Limits.defaults()))
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("version");
    }
  }

  @Test
  void aDamagedOneOrNoHarmIsDone() throws Exception {
    SplitSave split = split();
    SaveGraph graph = Saves.decode(Saves.pickle("0031"));
    int refused = 0;
    int tried = 0;
    for (int at = 1; at < split.residue().length; at += 5) {
      byte[] damaged = split.residue().clone();
      damaged[at] ^= 0x10;
      tried++;
      try {
        GraphAssert.assertSame(
            SaveJoiner.join(Saves.mapping(), damaged, split.rows(), Limits.defaults()), graph);
      } catch (JoinException e) {
        assertThat(e.reason()).isEqualTo(JoinException.Reason.RESIDUE);
        refused++;
      }
    }
    // Some bits of the packed form say nothing.
    assertThat(refused).isGreaterThan(tried * 9 / 10);
  }

  private static SplitSave split() throws Exception {
    return SaveSplitter.split(
        Saves.mapping(), Saves.decode(Saves.pickle("0031")), 1, Limits.defaults());
  }
}
