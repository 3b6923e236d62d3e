package io.picklift.schema.tables;

import io.picklift.codec.graph.Meaning;
import io.picklift.codec.graph.SaveGraph;
import org.jspecify.annotations.Nullable;

/**
 * Changes of single values that the document of a JSON column asks for. Its keys and places are the
 * save's structure, which no document changes.
 */
final class DocumentEdits {
  private final SaveGraph graph;
  private final Values values;
  private final GraphEditor editor;
  private final JsonCells json;
  private final Scalar value = new Scalar();

  DocumentEdits(Walk walk, Meaning meaning, Values values, GraphEditor editor) {
    graph = meaning.graph();
    this.values = values;
    this.editor = editor;
    json = new JsonCells(walk, meaning, values);
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
    Object shown = JsonText.parse(document, 0, document.length);
    if (!JsonText.sameShape(shown, given)) {
      return "has other keys or members";
    }
    String[] refused = {null};
    json.document(
        node,
        (leaf, exact) -> {
          Object[] path = json.path();
          Object now = JsonText.find(given, path);
          Object before = JsonText.find(shown, path);
          boolean isChanged = now != null && before != null && !JsonText.same(before, now);
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
    if (!JsonText.value(given, path, type, value)) {
      value.none();
    }
    boolean isEdge = place >= 0 && place < graph.edgeCount() && graph.edge(place) == leaf;
    int edge = isEdge ? place : editor.onlyEdge(leaf);
    if (edge < 0) {
      return "has another value in the place of one that stands in several places";
    }
    editor.redirect(edge, editor.value(value, leaf, values));
    return null;
  }
}
