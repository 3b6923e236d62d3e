package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.document.JsonDocuments;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.edit.GraphEditor;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import org.jspecify.annotations.Nullable;

/**
 * Changes of single values that the document of a JSON column asks for. Its keys and places are the
 * save's structure, which no document changes.
 */
final class DocumentEdits {
  private final SaveGraph graph;
  private final NodeValueReader values;
  private final GraphEditor editor;
  private final Placement placement;
  private final JsonDocuments json;
  private final Scalar value = new Scalar();

  DocumentEdits(
      MappingWalk walk,
      Meaning meaning,
      NodeValueReader values,
      GraphEditor editor,
      Placement placement) {
    this.placement = placement;
    graph = meaning.graph();
    this.values = values;
    this.editor = editor;
    json = new JsonDocuments(walk, meaning, values);
  }

  /**
   * Changes what a value holds to what a document says.
   *
   * @param edge that leads to the value; negative where it is not known
   * @return null, or for people why that cannot be
   */
  @Nullable String apply(int node, int edge, Object given) {
    byte[] document = json.document(node, (leaf, exact) -> {});
    if (document == null) {
      return "has a document, and had none";
    }
    Object shown = JsonReader.parse(document, 0, document.length);
    if (!JsonReader.sameShape(shown, given)) {
      return "has other keys or members";
    }
    String[] refused = {null};
    json.document(
        node,
        (leaf, exact) -> {
          Object[] path = json.path();
          Object now = JsonReader.find(given, path);
          Object before = JsonReader.find(shown, path);
          boolean isChanged = now != null && before != null && !JsonReader.same(before, now);
          if (isChanged && refused[0] == null) {
            refused[0] = leaf(leaf, json.place() < 0 ? edge : json.place(), given, path);
          }
        });
    return refused[0];
  }

  private @Nullable String leaf(int leaf, int place, Object given, Object[] path) {
    Scalar.Type type = values.type(leaf);
    switch (type) {
      case NONE, BOOL, INT, FLOAT, TEXT -> {}
      default -> {
        // The text that stands for it says no longer what it was.
        return "has another value in the place of one that is no number, text or truth value";
      }
    }
    Object now = JsonReader.find(given, path);
    if (now instanceof java.util.Map || now instanceof java.util.List) {
      return "has another value in the place of one that is no number, text or truth value";
    }
    if (!JsonReader.value(given, path, type, value)) {
      value.none();
    }
    boolean isEdge = place >= 0 && place < graph.edgeCount() && graph.edge(place) == leaf;
    int edge = isEdge ? place : editor.onlyEdge(leaf);
    if (edge < 0) {
      return "has another value in the place of one that stands in several places";
    }
    if (placement.isInSharedTuple(edge)) {
      return "has another value in a tuple that stands in several places";
    }
    editor.redirect(edge, editor.value(value, leaf, values));
    return null;
  }
}
