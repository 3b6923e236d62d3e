package io.picklift.schema.tables.document;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether members of a list differ in nothing but what a document shows of them. The values of a
 * JSON column stand in the cell alone: of members that are alike it does not matter which of them
 * has left, of others nobody can tell.
 */
public final class LikeDocuments {
  /** As a document that is new would be. */
  private static final String PLAIN = "plain";

  /** A number whose digits are too many for a server's JSON: it keeps its value. */
  private static final String LONG_FLOAT = "float of many digits";

  private static final String PYTHON_2 = "str of Python 2";

  private final Meaning meaning;
  private final SaveGraph graph;
  private final NodeValueReader values;
  private final JsonDocuments json;
  private final Scalar value = new Scalar();

  public LikeDocuments(Meaning meaning, NodeValueReader values, JsonDocuments json) {
    this.meaning = meaning;
    graph = meaning.graph();
    this.values = values;
    this.json = json;
  }

  /** Whether these differ in nothing but what a document shows. */
  public boolean areAlike(List<Integer> members) {
    return forms(members).size() <= 1;
  }

  /** Whether all are as those of a new document would be. */
  public boolean arePlain(List<Integer> members) {
    return Set.of(PLAIN, LONG_FLOAT).containsAll(forms(members));
  }

  /** Whether a value stands in the cell alone, and not in the residue. */
  public boolean isOfCell(int node) {
    return form(node).equals(PLAIN);
  }

  private Set<String> forms(List<Integer> members) {
    Set<String> forms = new TreeSet<>();
    members.forEach(member -> forms.add(form(member)));
    return forms;
  }

  /** A text among these, or in them, that is none of Python 2's; negative where there is none. */
  public int text(List<Integer> members) {
    for (int member : members) {
      JsonDocuments.Held held = graph.kind(member) == Kind.STR ? null : json.held(member);
      int found = graph.kind(member) == Kind.STR ? member : -1;
      if (held != null && meaning.references(member) <= 1) {
        List<Integer> inner = new ArrayList<>();
        for (int i = 0; i < MemberSpan.count(held.span()); i++) {
          inner.add(meaning.member(MemberSpan.start(held.span()) + i));
        }
        found = text(inner);
      }
      if (found >= 0) {
        return found;
      }
    }
    return -1;
  }

  /** What a document does not show of a value; of what is like no other its own number. */
  private String form(int node) {
    String own = "#" + node;
    Scalar.Type type = values.type(node);
    boolean isMade = graph.kind(node) == Kind.OBJECT || graph.kind(node) == Kind.CALL;
    switch (type) {
      case NONE, BOOL, INT, FLOAT, TEXT -> {
        if (isMade) {
          return values.isCallOf(node, type) ? type + " " + name(node) : own;
        }
        boolean isLong = type == Scalar.Type.FLOAT && isLong(meaning.floatValue(node));
        boolean isOld = graph.kind(node) == Kind.PY2_STR;
        return isOld ? PYTHON_2 : isLong ? LONG_FLOAT : PLAIN;
      }
      case DATE, DATETIME, TIME, DECIMAL, UUID -> {
        values.read(node, value);
        return value.fold != 0 ? own : type + (isMade ? " " + name(node) : "");
      }
      default -> {}
    }
    JsonDocuments.Held held = json.held(node);
    boolean isOther =
        held == null
            || held.isHiding()
            || meaning.references(node) > 1
            || values.array(node) != null
            || (isMade && isGiven(node));
    return held == null || isOther ? own : held(node, held, isMade);
  }

  /** Whether a number's fraction has digits that a server's JSON may not give back. */
  private static boolean isLong(double number) {
    return !JsonDocuments.isExact(number) && number != Math.rint(number);
  }

  private String held(int node, JsonDocuments.Held held, boolean isMade) {
    List<String> forms = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    boolean hasNames = true;
    int start = MemberSpan.start(held.span());
    for (int i = start; i < start + MemberSpan.count(held.span()); i++) {
      if (held.isKeyed()) {
        int key = meaning.member(i++);
        hasNames &= graph.kind(key) == Kind.STR;
        keys.add(meaning.isText(key) ? meaning.text(key) : "#" + graph.kind(key));
      }
      forms.add(form(meaning.member(i)));
    }
    Set<String> all = new TreeSet<>(forms);
    boolean isPlain =
        (graph.kind(node) == Kind.LIST || graph.kind(node) == Kind.DICT)
            && (all.isEmpty() || all.equals(Set.of(PLAIN)))
            && hasNames
            && keys.equals(JsonReader.sorted(keys));
    boolean isEven = !held.isKeyed() && all.size() <= 1;
    return isPlain
        ? PLAIN
        : graph.kind(node)
            + (isMade ? " " + name(node) : "")
            + (hasNames ? "" : " of other keys ")
            + keys
            + (isEven ? all : forms);
  }

  /** Whether an object was given more than nothing: a maxlen, a factory, arguments. */
  private boolean isGiven(int node) {
    int[] arguments = meaning.arguments(node);
    boolean isEmpty = true;
    for (int argument : arguments) {
      isEmpty &=
          switch (graph.kind(argument)) {
            case LIST, TUPLE, DICT -> meaning.items(argument).length == 0;
            default -> false;
          };
    }
    return !isEmpty || meaning.keywords(node).length > 0;
  }

  private String name(int node) {
    int callable = meaning.callable(node);
    return graph.kind(callable) == Kind.GLOBAL ? meaning.globalName(callable) : "#" + node;
  }
}
