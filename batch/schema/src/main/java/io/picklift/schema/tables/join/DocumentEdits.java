package io.picklift.schema.tables.join;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Contents;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.document.JsonDocuments;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.document.LikeDocuments;
import io.picklift.schema.tables.document.MemberChecks;
import io.picklift.schema.tables.edit.Containers;
import io.picklift.schema.tables.edit.DocumentValues;
import io.picklift.schema.tables.edit.GraphEditor;
import io.picklift.schema.tables.edit.Placement;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.walk.MappingWalk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes of values, keys and members in the documents of JSON columns. New keys follow those that
 * are there, in the byte order of their names. Members of an array are matched by equal value, then
 * by place.
 */
final class DocumentEdits {
  private final Meaning meaning;
  private final SaveGraph graph;
  private final NodeValueReader values;
  private final GraphEditor editor;
  private final Placement placement;
  private final JsonDocuments json;
  private final LikeDocuments likes;
  private final DocumentValues made;
  private final ValueNotes notes;
  private Elsewhere elsewhere = (path, given) -> BornValues.NO_FORM;

  /** Where the value at hand stands in its document. */
  private final List<String> path = new ArrayList<>();

  DocumentEdits(
      MappingWalk walk,
      Meaning meaning,
      NodeValueReader values,
      ValueNotes notes,
      GraphEditor editor,
      Placement placement) {
    this.meaning = meaning;
    this.notes = notes;
    this.placement = placement;
    graph = meaning.graph();
    this.values = values;
    this.editor = editor;
    json = new JsonDocuments(walk, meaning, values);
    likes = new LikeDocuments(meaning, values, json);
    made = new DocumentValues(meaning, values, editor, json, likes);
  }

  /** Where else values stand that a new one is made like. */
  @FunctionalInterface
  interface Elsewhere {
    /**
     * The new value; negative where no other document has one at its path.
     *
     * @param path names of keys, and {@link BornValues#ANY} for the members of an array
     */
    int made(List<String> path, Object given)
        throws DocumentValues.Refused, TemplateWanted, LimitException;
  }

  /** A value that is as a document says, or why it cannot be. */
  record Result(int node, @Nullable String why) {}

  /** Changes what a value holds to what a document says; another one where it is to be replaced. */
  Result apply(int node, Object given, Elsewhere elsewhere) throws TemplateWanted, LimitException {
    this.elsewhere = elsewhere;
    path.clear();
    byte[] document = json.document(node, (leaf, exact) -> {});
    if (document == null) {
      return new Result(node, "the save has none there");
    }
    try {
      Object shown = JsonReader.parse(document, 0, document.length);
      return new Result(edited(node, shown, given), null);
    } catch (DocumentValues.Refused e) {
      return new Result(node, e.getMessage());
    }
  }

  /** As deep as a document is. */
  private int edited(int node, Object shown, Object given)
      throws DocumentValues.Refused, TemplateWanted, LimitException {
    if (JsonReader.same(shown, given)) {
      return node;
    }
    JsonDocuments.Held held = json.held(node);
    if (held != null && JsonReader.isForm(shown)) {
      throw new DocumentValues.Refused(
          "a dict there has a key that begins with $, and cannot change");
    }
    if (held != null && !JsonReader.isForm(given)) {
      if (held.isKeyed() && shown instanceof Map<?, ?> was && given instanceof Map<?, ?> is) {
        return keyed(node, held, was, is);
      }
      if (!held.isKeyed() && shown instanceof List<?> was && given instanceof List<?> is) {
        return listed(node, held, was, is);
      }
    }
    if (held == null && JsonReader.isForm(shown) && JsonReader.isForm(given)) {
      throw new DocumentValues.Refused(
          "what JSON has no type for is shown by a key that begins with $, and cannot change in a"
              + " document: give it columns or a table");
    }
    if (meaning.kind(node) == Kind.NONE && !path.isEmpty()) {
      // None says nothing of what else stands there.
      int with = elsewhere.made(List.copyOf(path), given);
      if (with >= 0) {
        return with;
      }
    }
    return made.replaced(node, held != null, given);
  }

  private int at(String step, int node, Object shown, Object given)
      throws DocumentValues.Refused, TemplateWanted, LimitException {
    path.add(step);
    int edited = edited(node, shown, given);
    path.remove(path.size() - 1);
    return edited;
  }

  /** A new value that others have at its path; negative where none has. */
  private int elsewhere(String step, Object given)
      throws DocumentValues.Refused, TemplateWanted, LimitException {
    List<String> full = new ArrayList<>(path);
    full.add(step);
    return elsewhere.made(full, given);
  }

  private int keyed(int node, JsonDocuments.Held held, Map<?, ?> shown, Map<?, ?> given)
      throws DocumentValues.Refused, TemplateWanted, LimitException {
    int start = MemberSpan.start(held.span());
    List<Integer> pairs = new ArrayList<>();
    List<int[]> changed = new ArrayList<>();
    boolean isLess = false;
    for (int i = start; i < start + MemberSpan.count(held.span()); i += 2) {
      int key = meaning.member(i);
      String name = made.name(key);
      if (!given.containsKey(name)) {
        isLess = true;
        continue;
      }
      int was = meaning.member(i + 1);
      int now = at(name, was, DocumentValues.at(shown, name), DocumentValues.at(given, name));
      if (now != was) {
        changed.add(new int[] {i + 1, now});
      }
      pairs.add(key);
      pairs.add(now);
    }
    List<Integer> added =
        made.added(node, held, given, shown.keySet(), (name, of) -> elsewhere(name, of));
    if (!isLess && added.isEmpty() && redirect(changed)) {
      return node;
    }
    pairs.addAll(added);
    boolean isAttributes = made.isState(node, held.holder());
    write(node, isAttributes ? held.holder() : -1, true, array(pairs));
    return node;
  }

  private int listed(int node, JsonDocuments.Held held, List<?> shown, List<?> given)
      throws DocumentValues.Refused, TemplateWanted, LimitException {
    int start = MemberSpan.start(held.span());
    int count = MemberSpan.count(held.span());
    List<Integer> before = made.members(held);
    boolean isResized = given.size() != count;
    long[] checks = checks(node, count);
    boolean areNew = checks == null && isResized && likes.arePlain(before);
    if (checks == null && isResized && !areNew && !likes.areAlike(before)) {
      throw new DocumentValues.Refused(
          "a list has "
              + given.size()
              + " members in place of "
              + count
              + ", which are of several kinds or stand in other places as well: nothing tells"
              + " which of them is new or gone");
    }
    int[] matched =
        checks == null
            ? matched(shown, given, start, !isResized)
            : MemberChecks.matched(checks, given);
    int[] members = new int[given.size()];
    List<int[]> changed = new ArrayList<>();
    boolean isSameOrder = !isResized;
    for (int i = 0; i < members.length; i++) {
      // Of plain ones the cell says nothing of what they were.
      boolean isNew =
          matched[i] < 0 || (areNew && likes.isOfCell(meaning.member(start + matched[i])));
      int from = isNew ? -1 : matched[i];
      isSameOrder &= from == i;
      if (from < 0) {
        checkHashable(node, given.get(i), before);
      }
      members[i] =
          from < 0
              ? beside(given.get(i), before)
              : at(BornValues.ANY, meaning.member(start + from), shown.get(from), given.get(i));
      if (from == i && members[i] != meaning.member(start + i)) {
        changed.add(new int[] {start + i, members[i]});
      }
    }
    if (isSameOrder && changed.isEmpty()) {
      // What it holds has changed, and is the same.
      return node;
    }
    boolean isFixed = graph.kind(node) == Kind.TUPLE || graph.kind(node) == Kind.FROZENSET;
    if (isFixed) {
      return graph.kind(node) == Kind.TUPLE ? editor.tupleOf(members) : fixed(node, members);
    }
    if (isSameOrder && redirect(changed)) {
      return node;
    }
    boolean isOfPlaces =
        graph.kind(node) != Kind.LIST
            && meaning.contents().places(node) != Contents.NO_PLACES
            && !(meaning.wellKnown(node) instanceof WellKnown.Container);
    if (isOfPlaces || values.array(node) != null) {
      throw new DocumentValues.Refused("a container of a class cannot have other members");
    }
    boolean isArgument = graph.kind(held.holder()) == Kind.LIST && held.holder() != node;
    write(node, isArgument ? held.holder() : -1, false, members);
    return node;
  }

  private int beside(Object given, List<Integer> before)
      throws DocumentValues.Refused, TemplateWanted, LimitException {
    int made = before.isEmpty() ? elsewhere(BornValues.ANY, given) : BornValues.NO_FORM;
    return made < 0 ? this.made.beside(given, before) : made;
  }

  /** What is noted of an array's members; null where nothing is, or it has others by now. */
  private long @Nullable [] checks(int node, int count) {
    long[] checks = notes.members(node);
    return checks == null || checks.length != count ? null : checks;
  }

  /** A new member of a set is an array or object only beside others, which can be members. */
  private void checkHashable(int node, Object given, List<Integer> before)
      throws DocumentValues.Refused {
    boolean isSet = graph.kind(node) == Kind.SET || graph.kind(node) == Kind.FROZENSET;
    if (isSet && (given instanceof Map || given instanceof List)) {
      boolean isBeside =
          before.stream()
              .map(json::held)
              .anyMatch(held -> held != null && held.isKeyed() == given instanceof Map);
      if (!isBeside) {
        throw new DocumentValues.Refused("an object or array cannot be a member of a set");
      }
    }
  }

  private int fixed(int node, int[] members) throws DocumentValues.Refused {
    if (meaning.references(node) > 1) {
      throw new DocumentValues.Refused(
          "a frozenset stands in several places, and has other members in this one");
    }
    write(node, -1, false, members);
    return node;
  }

  /**
   * For each member that is given which of those it was; -1 of one that is new. Members without a
   * value of their own have that of the cell in their place, which is no match.
   *
   * @param start where the members are
   * @param isByPlace whether what has no match is what stands in its place
   */
  private int[] matched(List<?> shown, List<?> given, int start, boolean isByPlace) {
    int[] matched = new int[given.size()];
    Arrays.fill(matched, -1);
    Set<Integer> taken = new HashSet<>();
    for (int i = 0; i < matched.length; i++) {
      if (i < shown.size() && JsonReader.same(shown.get(i), given.get(i))) {
        matched[i] = i;
        taken.add(i);
      }
    }
    Map<Integer, Deque<Integer>> open = new HashMap<>();
    for (int from = 0; from < shown.size(); from++) {
      if (!taken.contains(from) && !likes.isOfCell(meaning.member(start + from))) {
        open.computeIfAbsent(MemberChecks.rough(shown.get(from)), k -> new ArrayDeque<>())
            .add(from);
      }
    }
    for (int i = 0; i < matched.length; i++) {
      Deque<Integer> alike = matched[i] < 0 ? open.get(MemberChecks.rough(given.get(i))) : null;
      Iterator<Integer> all = alike == null ? Collections.emptyIterator() : alike.iterator();
      while (matched[i] < 0 && all.hasNext()) {
        int from = all.next();
        if (JsonReader.same(shown.get(from), given.get(i))) {
          matched[i] = from;
          taken.add(from);
          all.remove();
        }
      }
    }
    for (int i = 0; i < matched.length; i++) {
      boolean isThere = matched[i] < 0 && i < shown.size();
      if (isThere && (isByPlace || !isOwned(meaning.member(start + i))) && taken.add(i)) {
        matched[i] = i;
      }
    }
    return matched;
  }

  /** Whether a value has its own type in the residue: another text is another one of it. */
  private boolean isOwned(int node) {
    return switch (values.type(node)) {
      case DATE, DATETIME, INSTANT, TIME, DECIMAL, UUID -> true;
      default -> false;
    };
  }

  /** Gives a container its members. */
  private void write(int node, int holder, boolean isPairs, int[] members)
      throws DocumentValues.Refused {
    boolean isDone;
    if (holder >= 0) {
      isDone = editor.members(holder, isPairs, members);
    } else {
      Containers.Holder of = Containers.holder(meaning, node);
      isDone =
          of.node() >= 0
              && !Containers.isFull(meaning, node, members.length)
              && (of.isListed()
                  ? editor.members(of.node(), false, editor.listed(members))
                  : editor.members(of.node(), isPairs, members));
    }
    if (!isDone) {
      throw new DocumentValues.Refused("a container of a class cannot have other members");
    }
  }

  /** Puts values into places of which each is one alone; false where one is not. */
  private boolean redirect(List<int[]> changed) throws DocumentValues.Refused {
    List<int[]> edges = new ArrayList<>();
    for (int[] one : changed) {
      int place = one[0];
      int before = meaning.member(place);
      boolean isEdge = place < graph.edgeCount() && graph.edge(place) == before;
      int edge = isEdge ? place : editor.onlyEdge(before);
      if (edge < 0) {
        return false;
      }
      if (placement.isInSharedTuple(edge)) {
        throw new DocumentValues.Refused(
            "a tuple stands in several places, and has another value in this one");
      }
      edges.add(new int[] {edge, one[1]});
    }
    edges.forEach(one -> editor.redirect(one[0], one[1]));
    return true;
  }

  private static int[] array(List<Integer> nodes) {
    return nodes.stream().mapToInt(Integer::intValue).toArray();
  }
}
