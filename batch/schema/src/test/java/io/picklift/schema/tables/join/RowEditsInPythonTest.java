package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.EditableRows;
import io.picklift.schema.testing.RandomEdits;
import io.picklift.schema.testing.Saves;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows deleted, inserted, moved and changed by chance, and the same done to the objects in Python:
 * the pickle restored is the one that Python's own pickler wrote of them. The module app's {@code
 * RandomEditsTest} does the same by SQL.
 */
class RowEditsInPythonTest {
  static List<RandomEdits> cases() {
    return RandomEdits.recorded();
  }

  static List<RandomEdits> documents() {
    return RandomEdits.documents();
  }

  private static SaveGraph edited(RandomEdits edits) throws Exception {
    return edited(edits, RandomEdits.MAPPING);
  }

  private static SaveGraph edited(RandomEdits edits, String tables) throws Exception {
    Mapping mapping = Mapping.parse("mapping.yaml", tables);
    SplitSave split =
        SaveSplitter.split(mapping, Saves.decode(edits.pickle()), 1, Limits.defaults());
    EditableRows rows = new EditableRows(mapping, split.rows());
    for (RandomEdits.Edit edit : edits.edits()) {
      if (edit instanceof RandomEdits.Change change) {
        rows.set(change.table(), change.ordinal(), change.column(), change.value());
      } else if (edit instanceof RandomEdits.Insert insert) {
        rows.insert(insert.table(), insert.ordinal(), insert.cells());
      } else {
        rows.delete(edit.table(), edit.ordinal());
      }
    }
    return SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void restoredIsWhatPythonMadeOfTheSameEdit(RandomEdits edits) throws Exception {
    byte[] restored = Saves.encode(edited(edits));
    assertThat(edits.differences(restored)).isEmpty();
    assertThat(Saves.decode(restored).style().protocol())
        .isEqualTo(Saves.decode(edits.edited()).style().protocol());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void aDocumentIsWhatPythonMadeOfTheSameEdit(RandomEdits edits) throws Exception {
    byte[] restored = Saves.encode(edited(edits, RandomEdits.DOCUMENTS));
    assertThat(edits.differences(restored)).isEmpty();
  }

  private static void assertSameByRows(RandomEdits edits, String tables) throws Exception {
    byte[] restored = Saves.encode(edited(edits, tables));
    Mapping mapping = Mapping.parse("mapping.yaml", tables);
    assertThat(edits.differencesByRows(mapping, restored)).isEmpty();
  }

  static List<RandomEdits> keys() {
    return RandomEdits.keys();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void keysAreWhatPythonMadeOfTheSameEdit(RandomEdits edits) throws Exception {
    assertSameByRows(edits, RandomEdits.KEYS);
  }

  static List<RandomEdits> parts() {
    return RandomEdits.parts();
  }

  @ParameterizedTest
  @MethodSource("parts")
  void valuesOfPartsAreWhatPythonMadeOfTheSameEdit(RandomEdits edits) throws Exception {
    assertSameByRows(edits, RandomEdits.PARTS);
  }

  static List<RandomEdits> likes() {
    return RandomEdits.likes();
  }

  @ParameterizedTest
  @MethodSource("likes")
  void whatCannotBeToldIsRefused(RandomEdits edits) throws Exception {
    if (edits.edited().length == 0) {
      Mapping mapping = Mapping.parse("mapping.yaml", RandomEdits.LIKES);
      assertThatThrownBy(
              () ->
                  SaveJoiner.checkLoadable(
                      mapping, Meaning.of(edited(edits, RandomEdits.LIKES), Limits.defaults())))
          .isInstanceOf(JoinException.class);
    } else {
      byte[] restored = Saves.encode(edited(edits, RandomEdits.LIKES));
      assertThat(edits.differences(restored)).isEmpty();
    }
  }

  /** The others differ in the order of a set, or in which equal texts are one in memory. */
  @Test
  void aThirdOfThemAreTheVerySameBytes() throws Exception {
    int same = 0;
    for (RandomEdits edits : cases()) {
      same += Arrays.equals(Saves.encode(edited(edits)), edits.edited()) ? 1 : 0;
    }
    assertThat(same).isGreaterThan(cases().size() / 3);
  }
}
