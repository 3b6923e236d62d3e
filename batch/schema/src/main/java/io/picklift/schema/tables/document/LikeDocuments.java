package io.picklift.schema.tables.document;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether members of a list differ in nothing but what a document shows of them. The values of a
 * JSON column stand in the cell alone: of members that are alike it does not matter which of them
 * has left; others have to be known again, by {@link MemberChecks}.
 */
public final class LikeDocuments {
  /** As a document that is new would be. */
  private static final long PLAIN = 1;

  /** A number whose digits are too many for a server's JSON: it keeps its value. */
  private static final long LONG_FLOAT = 2;

  private static final long PYTHON_2 = 3;

  private static final long OWN = 5;
  private static final long HELD = 7;
  private static final long OTHER_KEYS = 11;
  private static final long NAMED = 13;

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
    return members.isEmpty() || all(members, form(members.get(0)));
  }

  private boolean all(List<Integer> members, long form) {
    return members.stream().allMatch(member -> form(member) == form);
  }

  /** Whether all are as those of a new document would be. */
  public boolean arePlain(List<Integer> members) {
    return members.stream()
        .allMatch(
            member -> {
              long form = form(member);
              return form == PLAIN || form == LONG_FLOAT;
            });
  }

  /** Whether the members of an array have to be known again where it was edited. */
  public boolean needChecks(List<Integer> members) {
    return members.size() > 1 && !arePlain(members) && !areAlike(members);
  }

  /** Whether a value stands in the cell alone, and not in the residue. */
  public boolean isOfCell(int node) {
    return form(node) == PLAIN;
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

  private static long mixed(long one, long other) {
    long mixed = (one + other * 31) * 0x9e3779b97f4a7c15L;
    return mixed ^ mixed >>> 32;
  }

  /** What a document does not show of a value, in 64 bits; of what is like no other its own. */
  private long form(int node) {
    long own = mixed(OWN, node);
    Scalar.Type type = values.type(node);
    boolean isMade = graph.kind(node) == Kind.OBJECT || graph.kind(node) == Kind.CALL;
    switch (type) {
      case NONE, BOOL, INT, FLOAT, TEXT -> {
        if (values.isNamed(node)) {
          int of = values.namedClass(node);
          return graph.kind(of) == Kind.GLOBAL ? mixed(NAMED, hash(meaning.globalName(of))) : own;
        }
        if (isMade) {
          return values.isCallOf(node, type) ? mixed(hash(type.name()), name(node)) : own;
        }
        boolean isLong = type == Scalar.Type.FLOAT && isLong(meaning.floatValue(node));
        boolean isOld = graph.kind(node) == Kind.PY2_STR;
        return isOld ? PYTHON_2 : isLong ? LONG_FLOAT : PLAIN;
      }
      case DATE, DATETIME, TIME, DECIMAL, UUID -> {
        values.read(node, value);
        return value.fold != 0 ? own : mixed(hash(type.name()), isMade ? name(node) : 0);
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

  private long held(int node, JsonDocuments.Held held, boolean isMade) {
    boolean hasNames = true;
    boolean isPlain = graph.kind(node) == Kind.LIST || graph.kind(node) == Kind.DICT;
    boolean isEven = !held.isKeyed();
    long forms = HELD;
    long first = 0;
    List<String> keys = new ArrayList<>();
    int start = MemberSpan.start(held.span());
    int count = MemberSpan.count(held.span());
    for (int i = start; i < start + count; i++) {
      if (held.isKeyed()) {
        int key = meaning.member(i++);
        boolean isStr = graph.kind(key) == Kind.STR;
        hasNames &= isStr;
        keys.add(
            (isStr ? "" : "#" + graph.kind(key)) + (meaning.isText(key) ? meaning.text(key) : ""));
      }
      long form = form(meaning.member(i));
      first = forms == HELD ? form : first;
      isEven &= form == first;
      isPlain &= form == PLAIN;
      forms = mixed(forms, form);
    }
    if (isPlain && hasNames && keys.equals(JsonReader.sorted(keys))) {
      return PLAIN;
    }
    long form = mixed(hash(graph.kind(node).name()), isMade ? name(node) : 0);
    for (String key : keys) {
      form = mixed(form, hash(key));
    }
    return mixed(mixed(form, hasNames ? 0 : OTHER_KEYS), isEven ? first : forms);
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

  private long name(int node) {
    int callable = meaning.callable(node);
    return graph.kind(callable) == Kind.GLOBAL
        ? hash(meaning.globalName(callable))
        : mixed(OWN, node);
  }

  private static long hash(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = mixed(hash, text.charAt(i));
    }
    return hash;
  }
}
