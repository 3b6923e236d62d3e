package io.picklift.schema.tables.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.residue.Residue;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.GraphAssert;
import io.picklift.schema.testing.Saves;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Rows and residue, and the save made of them again, take part in the save's share of the heap. */
class SplitJoinMemoryTest {
  private static Limits memory(long bytes) {
    return Limits.builder().memory(bytes).build();
  }

  private static void assertRefused(ThrowingCallable step) {
    assertThatThrownBy(step)
        .isInstanceOfSatisfying(
            LimitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_MEMORY));
  }

  @Test
  void aSaveWhoseMeaningFitsAndWhoseRowsDoNotIsRefused() throws Exception {
    Mapping mapping = Saves.mapping();
    SaveGraph graph = Saves.decode(Saves.pickle("0031"));
    long withMeaning = Meaning.of(graph, memory(1 << 18)).footprint();

    Meaning meaning = Meaning.of(graph, memory(withMeaning + graph.size()));
    assertRefused(() -> SaveSplitter.split(mapping, meaning, 1));
    assertRefused(
        () -> SaveSplitter.split(mapping, graph, 1, memory(withMeaning + 20L * graph.size())));
  }

  @Test
  void aSaveThatCouldBeSplitIsRefusedWhereJoiningTakesMore() throws Exception {
    Mapping mapping = Saves.mapping();
    SaveGraph graph = Saves.decode(Saves.pickle("0031"));
    SplitSave split = SaveSplitter.split(mapping, graph, 1, Limits.defaults());
    long rows = split.rows().footprint();

    assertRefused(() -> SaveJoiner.join(mapping, split.residue(), split.rows(), memory(rows)));
    assertRefused(
        () -> SaveJoiner.join(mapping, split.residue(), split.rows(), memory(graph.footprint())));
    GraphAssert.assertSame(
        SaveJoiner.join(mapping, split.residue(), split.rows(), memory(20 * graph.footprint())),
        graph);
  }

  @Test
  void aResidueThatUnpacksToMoreThanASaveMayTakeIsRefused() throws Exception {
    SplitSave split =
        SaveSplitter.split(
            Saves.mapping(), Saves.decode(Saves.pickle("0031")), 1, Limits.defaults());
    assertRefused(() -> Residue.read(split.residue(), memory(split.residue().length + 100)));
    assertThat(Residue.read(split.residue(), Limits.defaults()).footprint())
        .isGreaterThan(split.residue().length + 100L);
  }
}
