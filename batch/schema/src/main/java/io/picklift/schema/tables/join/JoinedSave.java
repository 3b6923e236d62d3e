package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A save that was put together.
 *
 * @param meaning of the graph; null where none was made of it, since it was edited
 * @param unplaced rows of objects that nothing in the save refers to, such as {@code row 9 of table
 *     friend}: they are not in the graph, nor are rows that they own
 */
public record JoinedSave(SaveGraph graph, @Nullable Meaning meaning, List<String> unplaced) {
  public JoinedSave {
    unplaced = List.copyOf(unplaced);
  }
}
