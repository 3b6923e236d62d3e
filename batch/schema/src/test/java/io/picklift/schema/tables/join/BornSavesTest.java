package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.diff.Difference;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.tables.template.Template;
import io.picklift.schema.testing.Saves;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Saves that were never a pickle: made of rows, like saves that were migrated. */
class BornSavesTest {
  /** All but the one whose numbers are spelt as no column spells them. */
  static List<String> names() {
    return Saves.NAMES.stream().filter(name -> !name.equals("0031")).toList();
  }

  /** With a table for each container that refers to objects: without, no row says who is in it. */
  private static Mapping mapping() throws Exception {
    return Mapping.parse(
        "mapping.yaml",
        Saves.yaml()
            +
"""

  acquaintance:
    each: player.r
    columns:
      relationship: {path: ".", references: relationship}
""");
  }

  private static SplitSave split(Mapping mapping, SaveGraph graph) throws Exception {
    return SaveSplitter.split(mapping, graph, 1, Limits.defaults());
  }

  /**
   * What no row says: an attribute without a column of which the objects have different values, a
   * list that two objects share, and values that their column cannot hold.
   */
  private static boolean isOutsideOfRows(Difference difference) {
    return difference.right().equals("absent")
        || difference.right().equals("None")
        || difference.left().contains("the same as")
        || difference.right().contains("the same as")
        || difference.left().endsWith(", fold 1")
        // A server gives the keys of a document in an order of its own.
        || difference.left().startsWith("key number");
  }

  /** The rows of a save are all that is known of it, but for what a template says. */
  @ParameterizedTest
  @MethodSource("names")
  void theRowsOfASaveGiveTheSave(String name) throws Exception {
    Mapping mapping = mapping();
    SaveGraph graph = Saves.decode(Saves.pickle(name));
    SplitSave split = split(mapping, graph);
    Template template = Template.of(mapping, List.of(split.residue()), Limits.defaults());
    SaveGraph born = SaveJoiner.born(mapping, template, split.rows(), Limits.defaults()).graph();
    SaveGraph again = Saves.decode(Saves.encode(born));
    List<Difference> differences = GraphDiff.compare(graph, again, 1_000, Limits.defaults());
    assertThat(differences.stream().filter(difference -> !isOutsideOfRows(difference))).isEmpty();
  }
}
