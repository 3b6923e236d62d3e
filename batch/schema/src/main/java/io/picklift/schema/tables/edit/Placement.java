package io.picklift.schema.tables.edit;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.tables.walk.MappingWalk;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts another value into the place that a cell shows, and leaves it alone in all others. */
public final class Placement {
  /** What paths call parts of an object that are no attributes of it. */
  private static final Set<String> NO_NAMES =
      Set.of(
          Attributes.STATE_NAME,
          Attributes.ARGUMENTS_NAME,
          Attributes.PERSID_NAME,
          ValuePath.SPLIT);

  private final Meaning meaning;
  private final SaveGraph graph;
  private final MappingWalk walk;
  private final GraphEditor editor;
  private final JoinedEdges joined;
  private @Nullable SharedTuples tuples;

  /**
   * @param walk over the same graph
   */
  public Placement(Meaning meaning, MappingWalk walk, GraphEditor editor) {
    this.meaning = meaning;
    this.walk = walk;
    graph = meaning.graph();
    this.editor = editor;
    joined = new JoinedEdges(meaning);
  }

  /**
   * Puts a value into a place.
   *
   * @param object the row's own object
   * @param node the value that stands there; {@link MappingWalk#ABSENT} for none
   * @param place where it was found, as {@link Meaning#member} takes it, or negative
   * @return why that cannot be; null where it is done
   */
  public @Nullable String put(
      int object, int node, int place, @Nullable ColumnMapping mapped, int with) {
    if (node == MappingWalk.ABSENT) {
      return attribute(object, simpleName(mapped), with)
          ? null
          : "is not there in the save and cannot be added: set the cell to NULL";
    }
    if (node == graph.root() && place < 0) {
      editor.root(with);
      return null;
    }
    int edge = edge(object, node, place);
    if (edge < 0) {
      return "is changed and stands in several places that cannot be told apart";
    }
    if (isInSharedTuple(edge)) {
      return "is changed, and is a part of a tuple or a like value that stands in several places of"
          + " the save: change the cells of all of them alike, or set it to what it was";
    }
    editor.redirect(edge, with);
    return null;
  }

  /** The edge by which a place leads to its value; negative where it is not to be told. */
  public int edge(int object, int node, int place) {
    boolean isEdge = place >= 0 && place < graph.edgeCount() && graph.edge(place) == node;
    int edge = isEdge ? place : editor.onlyEdge(node);
    edge = edge < 0 ? joined.edge(place) : edge;
    return edge < 0 ? ownEdge(object, node, place) : edge;
  }

  /** Whether a change in that place would be one in others as well. */
  public boolean isInSharedTuple(int edge) {
    SharedTuples known = tuples;
    if (known == null) {
      known = new SharedTuples(meaning, walk);
      tuples = known;
    }
    return known.isIn(edge);
  }

  /**
   * The edge by which the row's own object, or its state, leads to the value under the cell's key.
   */
  private int ownEdge(int object, int node, int place) {
    if (place < 1) {
      return -1;
    }
    int key = meaning.member(place - 1);
    int container = object;
    Kind kind = graph.kind(container);
    if ((kind == Kind.OBJECT || kind == Kind.CALL)
        && meaning.attributes().form(container) == Attributes.Form.DICT) {
      container = meaning.attributes().state(container);
    }
    if (!SaveGraph.hasChunks(graph.op(container))) {
      return -1;
    }
    int last = graph.b(container);
    for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
      int start = graph.chunkStart(c);
      for (int i = start + 1; i < start + graph.chunkLength(c); i += 2) {
        if (graph.edge(i) == node && graph.edge(i - 1) == key) {
          return i;
        }
      }
    }
    return -1;
  }

  /**
   * Gives an object an attribute that it did not have, or a dict a key.
   *
   * @return whether that is done
   */
  public boolean attribute(int object, @Nullable String name, int with) {
    if (name == null || NO_NAMES.contains(name)) {
      return false;
    }
    Kind kind = graph.kind(object);
    if (kind == Kind.DICT) {
      editor.pair(object, name, with);
      return true;
    }
    Containers.Holder holder = Containers.holder(meaning, object);
    boolean isDict =
        meaning.wellKnown(object) instanceof WellKnown.Container
            && holder.node() == object
            && holder.isKeyed()
            && !holder.isListed();
    if (isDict || isGivenDict(object, holder)) {
      editor.pair(holder.node(), name, with);
      return true;
    }
    if (holder.isKeyed()) {
      // Of a class derived from dict nothing says whether it would be a key or an attribute.
      return false;
    }
    boolean isOfDict =
        (kind == Kind.OBJECT || kind == Kind.CALL)
            && meaning.attributes().form(object) == Attributes.Form.DICT;
    if (isOfDict) {
      editor.pair(meaning.attributes().state(object), name, with);
    }
    return isOfDict;
  }

  /** Whether an object was called with a dict that is its own, as a Counter is. */
  private boolean isGivenDict(int object, Containers.Holder holder) {
    int[] arguments = graph.kind(object) == Kind.CALL ? meaning.arguments(object) : new int[0];
    return arguments.length == 1
        && arguments[0] == holder.node()
        && graph.kind(holder.node()) == Kind.DICT
        && meaning.references(holder.node()) == 1
        && meaning.states(object).length == 0;
  }

  /**
   * The attribute of the row's own object that a column is of; null where it is of something
   * deeper.
   */
  private static @Nullable String simpleName(@Nullable ColumnMapping mapped) {
    if (mapped == null || mapped.path().steps().size() != 1) {
      return null;
    }
    return mapped.path().steps().get(0) instanceof ValuePath.Name name ? name.name() : null;
  }
}
