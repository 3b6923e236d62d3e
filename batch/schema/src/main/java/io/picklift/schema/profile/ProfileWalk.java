package io.picklift.schema.profile;

import io.picklift.codec.graph.Attributes;
import io.picklift.codec.graph.Kind;
import io.picklift.codec.graph.Meaning;
import io.picklift.codec.graph.Op;
import io.picklift.codec.graph.SaveGraph;
import io.picklift.codec.graph.Span;
import io.picklift.codec.graph.WellKnown;
import org.jspecify.annotations.Nullable;

/**
 * Walks one save into a profile, without recursion and in the order of its members: what is shared
 * counts where it is met first.
 */
final class ProfileWalk {
  /** Members of a list that are asked whether they refer back to its owner. */
  private static final int CHECKED_MEMBERS = 16;

  /** Longer texts are no attribute's name. */
  private static final int LONGEST_NAME = 64;

  private static final byte MET = 1;

  /** Met, and an object of a class that stands for no value. */
  private static final byte MET_OBJECT = 2;

  private final ClassIndex index;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final Attributes attributes;
  private final SaveFacts save;
  private final ScalarNotes scalars;

  /** By the node of its key the name of an attribute or member. */
  private final ByNode<String> names = new ByNode<>();

  /** By the node of a name what goes by it. */
  private final ByNode<ClassIndex.Called> called = new ByNode<>();

  /** For each node 0, {@link #MET} or {@link #MET_OBJECT}. */
  private final byte[] met;

  private final Runs runs = new Runs();

  ProfileWalk(ClassIndex index, Meaning meaning, SaveFacts save) {
    this.index = index;
    this.meaning = meaning;
    this.save = save;
    graph = meaning.graph();
    attributes = meaning.attributes();
    scalars = new ScalarNotes(meaning, save, index.values);
    met = new byte[graph.size()];
  }

  void run(ValueProfile root) {
    index.start();
    runs.push(meaning.root(), root);
    for (int top = runs.top(); top >= 0; top = runs.top()) {
      ClassIndex.Met of = runs.ofClass(top);
      ValueProfile place = runs.place(top);
      if (of != null) {
        attributeRun(top, of);
      } else if (place != null) {
        memberRun(top, place);
      }
    }
    index.end();
  }

  /** Visits attributes up to the first that has members of its own, which come next. */
  private void attributeRun(int run, ClassIndex.Met of) {
    int owner = runs.owner(run);
    int end = runs.end(run);
    for (int at = runs.start(run); at < end; at += 2) {
      ValueProfile place = place(of, meaning.member(at), runs.position(run, at));
      int node = meaning.member(at + 1);
      if (ScalarNotes.isPlain(graph.op(node))) {
        scalar(place, node);
      } else {
        runs.next(run, at + 2);
        visit(node, place, owner);
        // After the last one, another run may stand where this one stood.
        if (at + 2 == end || runs.top() != run) {
          return;
        }
      }
    }
    runs.next(run, end);
  }

  private void memberRun(int run, ValueProfile place) {
    int owner = runs.owner(run);
    int end = runs.end(run);
    if (runs.isOneNode(run)) {
      int node = runs.start(run);
      runs.next(run, node);
      visit(node, place.resolved(), owner);
      return;
    }
    for (int at = runs.start(run); at < end; at++) {
      int node = meaning.member(at);
      if (ScalarNotes.isPlain(graph.op(node))) {
        scalar(place.resolved(), node);
      } else {
        runs.next(run, at + 1);
        visit(node, place.resolved(), owner);
        if (at + 1 == end || runs.top() != run) {
          return;
        }
      }
    }
    runs.next(run, end);
  }

  /** The place of an attribute that an object has. */
  private ValueProfile place(ClassIndex.Met of, int key, int position) {
    if (!of.expects(position, key)) {
      met[key] = MET;
      of.expect(position, key, of.profile.body().makeMember(text(key)));
    }
    return of.place(position);
  }

  private void scalar(ValueProfile place, int node) {
    scalars.note(place, node, met[node] == 0 ? NodeBytes.of(graph, node) : NodeBytes.AGAIN);
    met[node] = MET;
  }

  /** Attributes of {@code owner}; {@code before} of its attributes come before these. */
  private void push(ClassIndex.Met of, int owner, long pairs, int before) {
    if (Span.count(pairs) > 0) {
      int start = Span.start(pairs);
      runs.push(start, start + Span.count(pairs), of, owner, before);
    }
  }

  private void pushAll(long span, ValueProfile place) {
    if (Span.count(span) > 0) {
      runs.push(Span.start(span), Span.start(span) + Span.count(span), place);
    }
  }

  private void visit(int node, ValueProfile place, int owner) {
    if (ScalarNotes.isPlain(graph.op(node))) {
      scalar(place, node);
    } else if (met[node] == MET_OBJECT) {
      again(node, place);
    } else {
      boolean isNew = met[node] == 0;
      met[node] = MET;
      others(node, place, isNew ? NodeBytes.of(graph, node) : NodeBytes.AGAIN, isNew, owner);
    }
  }

  private void again(int node, ValueProfile place) {
    ClassIndex.Called by = called(meaning.callable(node));
    if (by != null) {
      refer(node, place, by);
    }
  }

  /** Notes an object of a class; gives whether nothing else refers to it. */
  private boolean refer(int node, ValueProfile place, ClassIndex.Called by) {
    place.see(save, ValueKind.OBJECT, NodeBytes.AGAIN);
    Referred referred = place.referred(by.name);
    referred.count++;
    boolean isOwned = meaning.references(node) == 1;
    referred.owned += isOwned ? 1 : 0;
    return isOwned;
  }

  private void others(int node, ValueProfile place, int size, boolean isNew, int owner) {
    switch (graph.kind(node)) {
      case GLOBAL -> name(place, node, size);
      case LIST -> sequence(place, ValueKind.LIST, meaning.itemSpan(node), size, isNew, owner);
      case SET, FROZENSET ->
          sequence(place, ValueKind.SET, meaning.itemSpan(node), size, isNew, owner);
      case TUPLE -> tuple(place, meaning.itemSpan(node), size, isNew, owner);
      case BYTES, BYTEARRAY -> scalars.note(place, node, size);
      case DICT -> dict(place, meaning.itemSpan(node), size, isNew);
      case OBJECT, CALL -> made(node, place, size, isNew, owner);
      default -> {
        place.see(save, ValueKind.OTHER, size);
        if (isNew && graph.op(node) == Op.BINPERSID) {
          runs.push(graph.a(node), index.beyond());
        }
      }
    }
  }

  private void name(ValueProfile place, int node, int size) {
    if (graph.op(node) == Op.REDUCE_NAME) {
      // An enum member written by name: its column holds that name.
      int text = graph.edge(graph.a(graph.edge(graph.a(node) + 1)) + 1);
      scalars.note(place, text, size);
    } else {
      place.see(save, ValueKind.NAME, size);
    }
  }

  private void sequence(
      ValueProfile place, ValueKind kind, long items, int size, boolean isNew, int owner) {
    place.see(save, kind, size);
    place.container(Span.count(items));
    if (!isNew) {
      place.metAgain();
    } else if (Span.count(items) > 0) {
      pushAll(items, place.makeItems());
      backlinks(place, items, owner);
    }
  }

  private void tuple(ValueProfile place, long items, int size, boolean isNew, int owner) {
    int count = Span.count(items);
    if (count == 0 || count > index.mostPlaces()) {
      sequence(place, ValueKind.TUPLE, items, size, isNew, owner);
      return;
    }
    place.see(save, ValueKind.TUPLE, size);
    place.container(count);
    if (!isNew) {
      place.metAgain();
      return;
    }
    for (int i = count - 1; i >= 0; i--) {
      runs.push(meaning.member(Span.start(items) + i), place.makePlace(i));
    }
  }

  private void backlinks(ValueProfile place, long items, int owner) {
    if (!runs.hasOwner(owner) || !place.mayHaveBacklink()) {
      return;
    }
    int end = Span.start(items) + Math.min(CHECKED_MEMBERS, Span.count(items));
    for (int i = Span.start(items); i < end; i++) {
      int member = meaning.member(i);
      long pairs =
          graph.kind(member) == Kind.OBJECT ? attributes.pairsOfDict(member) : Attributes.NO_DICT;
      if (pairs != Attributes.NO_DICT) {
        place.checkedMember();
        backlink(place, pairs, owner);
      }
    }
  }

  private void backlink(ValueProfile place, long pairs, int owner) {
    int start = Span.start(pairs);
    for (int i = start; i < start + Span.count(pairs); i += 2) {
      if (meaning.member(i + 1) == owner) {
        place.backlink(text(meaning.member(i)));
      }
    }
  }

  private String text(int key) {
    String text = names.get(key);
    if (text == null) {
      text = meaning.text(key);
      names.put(key, text);
    }
    return text;
  }

  private void dict(ValueProfile place, long pairs, int size, boolean isNew) {
    place.see(save, ValueKind.DICT, size);
    place.container(Span.count(pairs) / 2);
    if (isNew) {
      pairs(place, pairs);
    } else {
      place.metAgain();
    }
  }

  private void pairs(ValueProfile place, long pairs) {
    int start = Span.start(pairs);
    int last = start + Span.count(pairs) - 2;
    for (int i = start; i <= last && !place.isMap(); i += 2) {
      if (isName(meaning.member(i))) {
        place.makeMember(text(meaning.member(i)));
      } else {
        place.collapse();
      }
    }
    for (int i = last; i >= start; i -= 2) {
      int key = meaning.member(i);
      if (place.isMap()) {
        runs.push(meaning.member(i + 1), place.makeValues());
        runs.push(key, place.makeKeys());
      } else {
        met[key] = MET;
        ValueProfile member = place.makeMember(text(key));
        member.mention((i - start) / 2);
        runs.push(meaning.member(i + 1), member);
      }
    }
  }

  private boolean isName(int key) {
    if (!meaning.isText(key)) {
      return false;
    }
    return names.get(key) != null
        || (meaning.isSlice(key) ? graph.b(key) : meaning.bytes(key).length) <= LONGEST_NAME;
  }

  private void made(int node, ValueProfile place, int size, boolean isNew, int owner) {
    ClassIndex.Called by = called(meaning.callable(node));
    if (by != null && by.isTime && meaning.isWellKnown(node)) {
      scalars.note(place, node, size);
      return;
    }
    WellKnown known = meaning.wellKnown(node);
    if (known != null && wellKnown(place, known, size, isNew, owner)) {
      return;
    }
    if (by == null) {
      place.see(save, ValueKind.OTHER, size);
      if (isNew) {
        runs.push(meaning.callable(node), index.beyond());
        unfollowed(node);
      }
      return;
    }
    int argument = meaning.plainState(node) >= 0 ? -1 : wrapped(node);
    if (argument >= 0) {
      Referred referred = place.referred(by.name);
      referred.count++;
      referred.wrapped++;
      visit(argument, place, owner);
      return;
    }
    boolean isOwned = refer(node, place, by);
    met[node] = MET_OBJECT;
    if (isNew) {
      object(index.met(by, save), node, size, isOwned);
    }
  }

  /** Null for what is no name. */
  private ClassIndex.@Nullable Called called(int callable) {
    ClassIndex.Called known = called.get(callable);
    if (known == null && graph.kind(callable) == Kind.GLOBAL) {
      known = index.called(meaning.globalName(callable));
      called.put(callable, known);
    }
    return known;
  }

  /**
   * The one argument of a call that is nothing but that, as an enum's or a Counter's is; else -1.
   */
  private int wrapped(int node) {
    long arguments = meaning.argumentSpan(node);
    if (Span.count(arguments) != 1
        || Span.count(meaning.keywordSpan(node)) > 0
        || Span.count(meaning.stateSpan(node)) > 0
        || Span.count(meaning.appendedSpan(node)) > 0
        || Span.count(meaning.entrySpan(node)) > 0) {
      return -1;
    }
    int argument = meaning.member(Span.start(arguments));
    return switch (graph.kind(argument)) {
      case BOOL, INT, FLOAT, STR, PY2_STR, BYTES, LIST, TUPLE, SET, FROZENSET, DICT -> argument;
      default -> -1;
    };
  }

  private boolean wellKnown(
      ValueProfile place, WellKnown known, int size, boolean isNew, int owner) {
    if (scalars.wellKnown(place, known, isNew ? size + ScalarNotes.WELL_KNOWN_BYTES : size)) {
      return true;
    }
    if (known instanceof WellKnown.OrderedDict dict) {
      dict(place, dict.pairs(), size, isNew);
    } else if (known instanceof WellKnown.DefaultDict dict) {
      dict(place, dict.pairs(), size, isNew);
    } else if (known instanceof WellKnown.Deque deque) {
      sequence(place, ValueKind.DEQUE, deque.items(), size, isNew, owner);
    } else {
      return false;
    }
    return true;
  }

  private void object(ClassIndex.Met of, int node, int size, boolean isOwned) {
    of.objects++;
    of.profile.object(save, size, isOwned);
    if (meaning.plainState(node) >= 0) {
      state(of, node);
      return;
    }
    long entries = meaning.entrySpan(node);
    if (Span.count(entries) > 0) {
      of.profile.entries().see(save, ValueKind.DICT, 0);
      of.profile.entries().container(Span.count(entries) / 2);
      pairs(of.profile.entries(), entries);
    }
    long appended = meaning.appendedSpan(node);
    if (Span.count(appended) > 0) {
      of.profile.body().container(Span.count(appended));
      pushAll(appended, of.profile.body().makeItems());
    }
    state(of, node);
    arguments(of, node);
  }

  private void state(ClassIndex.Met of, int node) {
    long pairs = attributes.pairsOfDict(node);
    if (pairs != Attributes.NO_DICT) {
      push(of, node, pairs, 0);
      return;
    }
    switch (attributes.form(node)) {
      case NONE, DICT -> {}
      case SLOTS -> slots(of, node);
      case STATE -> fields(of, attributes.state(node));
      case STATES -> {
        of.profile.addOpaque();
        pushAll(meaning.stateSpan(node), index.beyond());
      }
    }
  }

  /**
   * A state that is no dict is one attribute. The members of a list or tuple are an object's
   * fields, each for itself: so attrs and data classes with slots give them.
   */
  private void fields(ClassIndex.Met of, int state) {
    ValueProfile place = of.profile.body().makeMember(Attributes.STATE_NAME);
    place.mention(0);
    Kind kind = graph.kind(state);
    if (met[state] != 0 || (kind != Kind.LIST && kind != Kind.TUPLE)) {
      runs.push(state, place);
      return;
    }
    met[state] = MET;
    long items = meaning.itemSpan(state);
    ValueKind fields = kind == Kind.LIST ? ValueKind.LIST : ValueKind.TUPLE;
    place.see(save, fields, NodeBytes.of(graph, state));
    place.container(Span.count(items));
    for (int i = Span.count(items) - 1; i >= 0; i--) {
      runs.push(meaning.member(Span.start(items) + i), place.makePlace(i));
    }
  }

  private void slots(ClassIndex.Met of, int node) {
    int dict = meaning.member(Span.start(meaning.itemSpan(attributes.state(node))));
    long pairs = graph.kind(dict) == Kind.DICT ? meaning.itemSpan(dict) : Span.EMPTY;
    push(of, node, attributes.slotPairs(node), Span.count(pairs));
    push(of, node, pairs, 0);
  }

  private void arguments(ClassIndex.Met of, int node) {
    long arguments = meaning.argumentSpan(node);
    for (int i = Span.count(arguments) - 1; i >= 0; i--) {
      int at = Span.start(arguments) + i;
      runs.push(at, at + 1, of.profile.body().makePlace(i), node);
    }
    pushAll(meaning.keywordSpan(node), index.beyond());
  }

  /** What belongs to an object whose class has no name: other objects may be in it. */
  private void unfollowed(int node) {
    ValueProfile beyond = index.beyond();
    pushAll(meaning.entrySpan(node), beyond);
    pushAll(meaning.appendedSpan(node), beyond);
    pushAll(meaning.stateSpan(node), beyond);
    pushAll(meaning.keywordSpan(node), beyond);
    pushAll(meaning.argumentSpan(node), beyond);
  }
}
