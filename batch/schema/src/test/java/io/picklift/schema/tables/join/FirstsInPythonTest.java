package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.tables.template.Template;
import io.picklift.schema.testing.EditableRows;
import io.picklift.schema.testing.RandomEdits;
import io.picklift.schema.testing.Saves;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first object, member or key of its kind in a save that was migrated, made like those of other
 * saves, and parts that become None: the pickle restored is the one that Python's own pickler wrote
 * of the same edit.
 */
class FirstsInPythonTest {
  private static final Mapping MAPPING = Mapping.parse("mapping.yaml", RandomEdits.FIRSTS);
  private static final List<RandomEdits> ALL = RandomEdits.firsts();
  private static final Map<String, Template> TEMPLATES = new HashMap<>();

  static Stream<RandomEdits> cases() {
    return ALL.stream().filter(edits -> !edits.edits().isEmpty());
  }

  private static SplitSave split(byte[] pickle) throws Exception {
    return SaveSplitter.split(MAPPING, Saves.decode(pickle), 1, Limits.defaults());
  }

  /** What the save has that has all, of the same Python and protocol. */
  private static Template template(String origin) throws Exception {
    Template known = TEMPLATES.get(origin);
    if (known == null) {
      RandomEdits all =
          ALL.stream()
              .filter(one -> one.edits().isEmpty() && one.origin().equals(origin))
              .findFirst()
              .orElseThrow();
      byte[] residue = split(all.pickle()).residue();
      known = Template.of(MAPPING, List.of(residue), Limits.defaults());
      TEMPLATES.put(origin, known);
    }
    return known;
  }

  private static EditableRows edited(RandomEdits edits, SplitSave split) throws Exception {
    EditableRows rows = new EditableRows(MAPPING, split.rows());
    for (RandomEdits.Edit edit : edits.edits()) {
      if (edit instanceof RandomEdits.Change change) {
        rows.set(change.table(), change.ordinal(), change.column(), change.value());
      } else if (edit instanceof RandomEdits.Insert insert) {
        rows.insert(insert.table(), insert.ordinal(), insert.cells());
      }
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void restoredIsWhatPythonMadeOfTheSameEdit(RandomEdits edits) throws Exception {
    SplitSave split = split(edits.pickle());
    JoinedSave joined =
        SaveJoiner.joined(
            MAPPING,
            split.residue(),
            edited(edits, split).rows(),
            Limits.defaults(),
            template(edits.origin()));
    assertThat(edits.differences(Saves.encode(joined.graph()))).isEmpty();
  }
}
