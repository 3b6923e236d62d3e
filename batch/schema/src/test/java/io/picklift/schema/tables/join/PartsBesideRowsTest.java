package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.diff.Difference;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.schema.testing.EditedSave;
import io.picklift.schema.testing.Saves;
import org.junit.jupiter.api.Test;

/** A row that gets a new part, while rows of a list go: what nobody edited stays. */
class PartsBesideRowsTest {
  /** {@code {'t': ('x', [1, 2]), 'l': [7]}}. */
  private static final String SAVE =
      "80049520000000000000007d94288c0174948c0178945d94284b014b026586948c016c945d944b0761752e";

  @Test
  void aListInATupleStays() throws Exception {
    EditedSave save =
        new EditedSave(
            """
            version: 1
            tables:
              save: {root: true, columns: {new: INT}}
              inner: {each: "save.t[1]", columns: {value: {path: ".", type: INT}}}
              l: {each: save.l, columns: {value: {path: ".", type: INT}}}
            """,
            SAVE);
    save.rows().set("save", 0, "new", 5);
    save.rows().delete("l", 0);
    assertThat(GraphDiff.compare(Saves.decodeHex(SAVE), save.joined(), 9, Limits.defaults()))
        .containsExactlyInAnyOrder(
            new Difference("l", "list of 1", "list of 0"),
            new Difference("new", "absent", "int 5"));
  }
}
