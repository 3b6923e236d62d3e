package io.picklift.schema.tables.template;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Contents;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.document.JsonDocuments;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.PathNode;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Says of a row's object what it shows that none before it did: a class, an attribute, one that is
 * not there, a type, another value where no column is. Whoever makes a new object looks at such
 * things alone, so that a few objects stand for all.
 */
final class Shapes {
  /** What JSON says by itself. */
  private static final Set<String> PLAIN =
      Set.of("NONE", "BOOL", "INT", "FLOAT", "TEXT", "LIST", "DICT");

  private final WalkPlan plan;
  private final KnownShapes known;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final MappingWalk walk;
  private final NodeValueReader values;
  private final UnmappedValues unmapped;
  private final JsonDocuments json;
  private boolean isNew;
  private int table;

  /**
   * @param walk that is done
   * @param taken nodes that have no value here
   */
  Shapes(WalkPlan plan, KnownShapes known, Meaning meaning, MappingWalk walk, BitSet taken) {
    this.plan = plan;
    this.known = known;
    this.meaning = meaning;
    this.walk = walk;
    graph = meaning.graph();
    values = new NodeValueReader(meaning, ValueNotes.collecting());
    unmapped = new UnmappedValues(meaning, walk, taken);
    json = new JsonDocuments(walk, meaning, values);
  }

  /** Whether a row's object, or its key, shows something new. */
  boolean isNew(int table, int ordinal) {
    isNew = false;
    this.table = table;
    String at = "t" + table;
    int key = walk.rows(table).key(ordinal);
    if (key >= 0) {
      scalar(at + "#key", key);
    }
    value(at, plan.paths[table], walk.rows(table).nodes.get(ordinal), true);
    return isNew;
  }

  private void fact(String fact) {
    isNew |= known.add(fact);
  }

  private boolean isMade(int node) {
    return graph.kind(node) == Kind.OBJECT || graph.kind(node) == Kind.CALL;
  }

  private String name(int node) {
    int callable = meaning.callable(node);
    return meaning.kind(callable) == Kind.GLOBAL ? meaning.globalName(callable) : "?";
  }

  /** Whether it is one value, and not what has parts. */
  private boolean scalar(String at, int node) {
    Scalar.Type type = values.type(node);
    boolean isScalar = type != Scalar.Type.NONE && type != Scalar.Type.OTHER;
    String of = isScalar && isMade(node) ? name(node) : "";
    fact(at + " is " + type + " " + graph.kind(node) + " " + of);
    return isScalar;
  }

  private void value(String at, PathNode path, int node, boolean isRow) {
    if (!isRow && isMade(node) && walk.table(node) >= 0) {
      fact(at + " refers");
      return;
    }
    if (scalar(at, node)) {
      return;
    }
    fact(at + " op " + graph.op(node));
    if (isDocument(path)) {
      document(at, node);
    }
    switch (graph.kind(node)) {
      case DICT -> {
        if (path.hasNames()) {
          attributes(at + "{}", path, meaning.items(node));
        }
      }
      case TUPLE -> {
        if (path.placeCount() > 0) {
          places(at, path, meaning.items(node));
        }
      }
      case OBJECT, CALL -> made(at + "/" + name(node), path, node);
      default -> {}
    }
  }

  private boolean isDocument(PathNode path) {
    boolean isDocument = false;
    for (int i = 0; i < path.columns.length; i += 2) {
      StoredColumn column = plan.mapping.tables().get(table).stored().get(path.columns[i]);
      isDocument |=
          column.role() == StoredColumn.Role.VALUE && column.type().base() == ColumnType.Base.JSON;
    }
    return isDocument;
  }

  /** What a document shows that JSON has no type for: new values are made like it. */
  private void document(String at, int root) {
    byte[] ignored =
        json.document(
            root,
            new JsonDocuments.Leaves() {
              @Override
              public void leaf(int node, boolean exact) {
                shown(node, String.valueOf(values.type(node)));
              }

              @Override
              public void container(int node) {
                shown(node, String.valueOf(graph.kind(node)));
              }

              private void shown(int node, String what) {
                String of = isMade(node) || values.isNamed(node) ? what + className(node) : what;
                if (!PLAIN.contains(of)) {
                  isNew |= known.addOfDocument(at, path(json.path("")), of);
                }
              }
            });
  }

  private String className(int node) {
    int of = values.isNamed(node) ? values.namedClass(node) : meaning.callable(node);
    return " " + (meaning.kind(of) == Kind.GLOBAL ? meaning.globalName(of) : "?");
  }

  /** Members of an array are as good as each other. */
  private static String path(String path) {
    return path.replaceAll("\\[[0-9]+\\]", "[]");
  }

  private void made(String at, PathNode path, int node) {
    Attributes.Form form = meaning.attributes().form(node);
    fact(at + " op " + graph.op(node) + " " + form + " " + (meaning.entries(node).length > 0));
    long places = meaning.contents().places(node);
    if (graph.op(node) == Op.NEWOBJ && places != Contents.NO_PLACES && path.placeCount() > 0) {
      places(at, path, meaning.toArray(places));
    } else {
      differing(at + " args", meaning.arguments(node));
    }
    if (path.hasNames()
        && meaning.wellKnown(node) instanceof WellKnown.Container container
        && container.isKeyed()) {
      attributes(at + "{}", path, meaning.toArray(container.members()));
      return;
    }
    switch (form) {
      case DICT -> attributes(at, path, meaning.toArray(meaning.attributes().dictPairs(node)));
      case SLOTS -> {
        int state = meaning.attributes().state(node);
        int dict = meaning.member(MemberSpan.start(meaning.itemSpan(state)));
        boolean isThere = graph.kind(dict) == Kind.DICT;
        fact(at + " dict " + isThere);
        attributes(at, path, isThere ? meaning.items(dict) : new int[0]);
        attributes(at + "__", path, meaning.toArray(meaning.attributes().slotPairs(node)));
      }
      default -> {}
    }
  }

  private void places(String at, PathNode path, int[] parts) {
    fact(at + " size " + parts.length);
    for (int i = 0; i < parts.length; i++) {
      PathNode next = null;
      for (int j = 0; j < path.placeCount(); j++) {
        int place = path.place(j);
        next = place == i || place + parts.length == i ? path.placeNode(j) : next;
      }
      if (next == null) {
        differing(at + "[" + i + "]", parts[i]);
      } else {
        value(at + "[" + i + "]", next, parts[i], false);
      }
    }
  }

  private void attributes(String at, PathNode path, int[] pairs) {
    Map<String, PathNode> named = known.named(plan, path);
    Set<String> here = new HashSet<>();
    for (int i = 0; i < pairs.length; i += 2) {
      if (!meaning.isText(pairs[i])) {
        continue;
      }
      String name = meaning.text(pairs[i]);
      here.add(name);
      PathNode next = named.get(name);
      if (next == null) {
        differing(at + "." + name, pairs[i + 1]);
      } else {
        fact(at + " has " + name);
        value(at + "." + name, next, pairs[i + 1], false);
      }
    }
    for (String name : known.lacking(at, here)) {
      fact(at + " lacks " + name);
    }
  }

  /** Notes a value that no column has; two are enough to know that they differ. */
  private void differing(String at, int... nodes) {
    isNew |= known.differs(at, unmapped.hash(nodes));
  }
}
