package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.document.JsonDocuments;
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
final class LikeDocuments {
  /** As a document that is new would be. */
  private static final String PLAIN = "plain";

  private final Meaning meaning;
  private final SaveGraph graph;
  private final NodeValueReader values;
  private final JsonDocuments json;

  LikeDocuments(Meaning meaning, NodeValueReader values, JsonDocuments json) {
    this.meaning = meaning;
    graph = meaning.graph();
    this.values = values;
    this.json = json;
  }

  boolean areAlike(long members) {
    return forms(members).size() <= 1;
  }

  /** Whether all members are as those of a new document would be. */
  boolean arePlain(long members) {
    return forms(members).stream().allMatch(PLAIN::equals);
  }

  boolean isPlain(int node) {
    return form(node).equals(PLAIN);
  }

  private Set<String> forms(long members) {
    Set<String> forms = new TreeSet<>();
    int start = MemberSpan.start(members);
    for (int i = start; i < start + MemberSpan.count(members); i++) {
      forms.add(form(meaning.member(i)));
    }
    return forms;
  }

  /** What a document does not show of a value; of what is like no other its own number. */
  private String form(int node) {
    Scalar.Type type = values.type(node);
    boolean isMade = graph.kind(node) == Kind.OBJECT || graph.kind(node) == Kind.CALL;
    switch (type) {
      case NONE, BOOL, INT, FLOAT, TEXT -> {
        boolean isOld = graph.kind(node) == Kind.PY2_STR;
        return isMade ? type + " " + name(node) : isOld ? "str of Python 2" : PLAIN;
      }
      case DATE, DATETIME, TIME, DECIMAL, UUID -> {
        return type + (isMade ? " " + name(node) : "");
      }
      default -> {}
    }
    JsonDocuments.Held held = json.held(node);
    boolean isOther =
        held == null
            || held.isHiding()
            || meaning.references(node) > 1
            || values.array(node) != null;
    if (held == null || isOther) {
      return "#" + node;
    }
    Set<String> forms = new TreeSet<>();
    List<String> keys = new ArrayList<>();
    int start = MemberSpan.start(held.span());
    for (int i = start; i < start + MemberSpan.count(held.span()); i++) {
      if (held.isKeyed()) {
        int key = meaning.member(i++);
        keys.add(graph.kind(key) == Kind.STR ? meaning.text(key) : "#" + graph.kind(key));
      }
      forms.add(form(meaning.member(i)));
    }
    boolean isPlain =
        (graph.kind(node) == Kind.LIST || graph.kind(node) == Kind.DICT)
            && (forms.isEmpty() || forms.equals(Set.of(PLAIN)))
            && keys.equals(BornValues.sorted(keys));
    return isPlain ? PLAIN : graph.kind(node) + (isMade ? " " + name(node) : "") + keys + forms;
  }

  private String name(int node) {
    int callable = meaning.callable(node);
    return graph.kind(callable) == Kind.GLOBAL ? meaning.globalName(callable) : "#" + node;
  }
}
