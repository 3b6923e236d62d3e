package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.profile.Backlinks;
import io.picklift.schema.profile.DictPlaces;
import io.picklift.schema.profile.ListFields;
import io.picklift.schema.profile.ReferenceCount;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import org.jspecify.annotations.Nullable;

/**
 * Walks one save into a profile, without recursion and in the order of its members: what is shared
 * counts where it is met first.
 */
final class ProfileWalk {
  /** Members of a list that are asked whether they refer back to its owner. */
  private static final int CHECKED_MEMBERS = 16;

  /** Tuples of so many plain values are followed wherever they are. */
  private static final int SHORT_ROW = 8;

  /** About what the state of a date or number of a class takes beside the object itself. */
  private static final int WELL_KNOWN_BYTES = 16;

  private final ClassIndex index;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final int[] edges;
  private final Attributes attributes;
  private final SaveFacts save;
  private final ScalarRecorder scalars;
  private final LibraryValueRecorder libraries;

  /** Most saves have none. */
  private @Nullable FrameRecorder frames;

  private final KeyNames names;

  /** By the node of a name what goes by it. */
  private final NodeMap<ClassIndex.Called> called = new NodeMap<>();

  private final VisitedNodes met;

  private final VisitStack runs = new VisitStack();
  private final EnclosingContainers enclosing = new EnclosingContainers();
  private final HeldMembers held;
  private final SaveDictPlaces layouts;

  ProfileWalk(ClassIndex index, Meaning meaning, SaveFacts save) {
    this.index = index;
    this.meaning = meaning;
    this.save = save;
    graph = meaning.graph();
    edges = graph.edges();
    attributes = meaning.attributes();
    scalars = new ScalarRecorder(meaning, save, index.values, index.texts);
    libraries = new LibraryValueRecorder(meaning, scalars);
    met = new VisitedNodes(graph.size());
    names = new KeyNames(meaning);
    layouts = new SaveDictPlaces(meaning, save, met, names);
    held = new HeldMembers(meaning);
  }

  void run(ValueProfile root) {
    index.start();
    runs.push(meaning.root(), root);
    for (int top = runs.top(); top >= 0; top = runs.top()) {
      Object target = runs.target(top);
      if (target instanceof DictPlaces layout) {
        pairRun(top, layout);
      } else if (target instanceof ValueProfile place) {
        if (runs.isOneNode(top)) {
          oneNode(top, place);
        } else {
          memberRun(top, place);
        }
      }
    }
    layouts.mention();
    index.end();
  }

  /** Visits values up to the first that has members of its own, which come next. */
  private void pairRun(int run, DictPlaces layout) {
    int at = leaves(run, layout);
    if (at == runs.end(run)) {
      runs.next(run, at);
      return;
    }
    ValueProfile place = layout.places()[runs.pair(run, at)].resolved();
    int owner = runs.owner(run);
    runs.next(run, at + 2);
    holder(member(at + 1), place, owner);
  }

  /**
   * Notes values up to the first that is no {@link #leaf} and gives where its pair is. The loop
   * stands apart from what a holder takes: together they are too much for a Java machine's
   * compiler, which then leaves calls in the loop.
   */
  private int leaves(int run, DictPlaces layout) {
    ValueProfile[] places = layout.places();
    boolean mayCollapse = layout.mayCollapse();
    int end = runs.end(run);
    int pair = runs.pair(run, runs.start(run));
    for (int at = runs.start(run); at < end; at += 2) {
      ValueProfile place = mayCollapse ? places[pair].resolved() : places[pair];
      pair++;
      int node = member(at + 1);
      if (!plain(node, place) && !leaf(node, place)) {
        return at;
      }
    }
    return end;
  }

  private void memberRun(int run, ValueProfile place) {
    int at = leaves(run, place);
    if (at == runs.end(run)) {
      runs.next(run, at);
      return;
    }
    int owner = runs.owner(run);
    runs.next(run, at + 1);
    holder(member(at), place.resolved(), owner);
  }

  private int leaves(int run, ValueProfile place) {
    int end = runs.end(run);
    for (int at = runs.start(run); at < end; at++) {
      int node = member(at);
      if (!plain(node, place.resolved()) && !leaf(node, place.resolved())) {
        return at;
      }
    }
    return end;
  }

  private void oneNode(int run, ValueProfile place) {
    int node = runs.start(run);
    int owner = runs.owner(run);
    runs.next(run, node);
    visit(node, place.resolved(), owner);
  }

  /** {@link Meaning#member}: nearly all stand as the pickle has them. */
  private int member(int at) {
    return at < edges.length ? edges[at] : meaning.member(at);
  }

  /**
   * Attributes of an object.
   *
   * @param of the profile of its class
   * @param keys the layout of the dict that has them, or {@link SaveDictPlaces#NO_KEYS}
   * @param before how many of its attributes come before these
   */
  private void attributes(ValueProfile of, long pairs, int keys, int before, int owner) {
    if (MemberSpan.count(pairs) == 0) {
      return;
    }
    push(pairs, layouts.attributes(of, pairs, keys, before), owner);
  }

  private void push(long pairs, DictPlaces layout, int owner) {
    layout.count();
    runs.push(pairs, layout, owner);
  }

  private void pushAll(long span, ValueProfile place) {
    if (MemberSpan.count(span) > 0) {
      runs.push(MemberSpan.start(span), MemberSpan.start(span) + MemberSpan.count(span), place);
    }
  }

  private void visit(int node, ValueProfile place, int owner) {
    if (!plain(node, place) && !leaf(node, place)) {
      holder(node, place, owner);
    }
  }

  /** Notes a scalar of no well-known type; gives false, noting nothing, for any other value. */
  private boolean plain(int node, ValueProfile place) {
    int op = graph.op(node);
    if (!ScalarRecorder.isPlain(op)) {
      return false;
    }
    scalars.note(place, node, op, size(node));
    met.meet(node);
    return true;
  }

  /** Notes what else has nothing to visit; gives false, noting nothing, for any other value. */
  private boolean leaf(int node, ValueProfile place) {
    int known = met.classNumber(node);
    if (known >= 0) {
      refer(node, place, index.name(known));
      return true;
    }
    int packed = graph.op(node) == Op.REDUCE ? meaning.packedTime(node) : -1;
    if (packed < 0) {
      return false;
    }
    int size = met.isNew(node) ? size(node) + WELL_KNOWN_BYTES : NodeBytes.AGAIN;
    if (!scalars.packedTime(place, packed, size)) {
      return false;
    }
    met.meet(node);
    return true;
  }

  /** About how many bytes of the pickle are there for the node, here. */
  private int size(int node) {
    return met.isNew(node) ? NodeBytes.of(graph, node) : NodeBytes.AGAIN;
  }

  /** Notes what may have members, and sees to it that they come next. */
  private void holder(int node, ValueProfile place, int owner) {
    boolean isNew = met.isNew(node);
    int size = size(node);
    met.meet(node);
    int state = meaning.plainState(node);
    // A tuple may be how a set was written: Contents tells.
    boolean isPlain = state >= 0 && graph.kind(state) != Kind.TUPLE;
    ClassIndex.Called by = isPlain ? called(meaning.callable(node)) : null;
    if (by != null && by.isOfLibrary) {
      if (!by.mayBeFrame || !frame(node, place, size, isNew)) {
        unread(place, by, size);
      }
      return;
    }
    if (by != null) {
      object(node, by, state, place, size, isNew);
      return;
    }
    Kind kind = graph.kind(node);
    if (kind == Kind.OBJECT || kind == Kind.CALL) {
      made(node, place, size, isNew, owner);
    } else {
      others(node, place, size, isNew, owner);
    }
  }

  /** A value of numpy or pandas of no layout that is known: what it is made of says nothing. */
  private void unread(ValueProfile place, ClassIndex.Called by, int size) {
    place.see(save, ValueKind.OTHER, size);
    place.markUnread("not read: " + by.name);
  }

  /** Notes a table of pandas or numpy; gives false, noting nothing, for any other value. */
  private boolean frame(int node, ValueProfile place, int size, boolean isNew) {
    FrameRecorder recorder = frames;
    if (recorder == null) {
      recorder = new FrameRecorder(meaning, save, scalars);
      frames = recorder;
    }
    return recorder.note(
        place, node, size, isNew, (cell, of) -> visit(cell, of.resolved(), VisitStack.NO_OWNER));
  }

  /** Notes an object of a class: {@code state} as {@link Meaning#plainState} has it. */
  private void object(
      int node, ClassIndex.Called by, int state, ValueProfile place, int size, boolean isNew) {
    boolean isOwned = refer(node, place, by.name);
    if (isNew) {
      ClassIndex.Met of = index.met(by, save);
      met.meetObject(node, of.number);
      of.objects++;
      of.profile.object(save, size, isOwned);
      int within = runs.within();
      runs.setWithin(EnclosingContainers.NOTHING);
      if (state >= 0) {
        state(of, node, state);
      } else {
        parts(of, node);
      }
      runs.setWithin(within);
    }
  }

  /** Notes an object of a class; gives whether nothing else refers to it. */
  private boolean refer(int node, ValueProfile place, String className) {
    place.see(save, ValueKind.OBJECT, NodeBytes.AGAIN);
    ReferenceCount referred = place.referred(className);
    referred.count++;
    boolean isOwned = meaning.references(node) == 1;
    referred.owned += isOwned ? 1 : 0;
    return isOwned;
  }

  private void others(int node, ValueProfile place, int size, boolean isNew, int owner) {
    long items = meaning.itemSpan(node);
    switch (graph.kind(node)) {
      case LIST -> {
        place.see(save, ValueKind.LIST, size);
        listOf(place, items, isNew, owner);
      }
      case SET, FROZENSET -> sequence(place, ValueKind.SET, items, size, isNew, owner);
      case TUPLE -> tuple(place, items, size, isNew, owner);
      case DICT -> dict(place, items, meaning.layout(node), size, isNew);
      case GLOBAL -> name(place, node, size);
      case BYTES, BYTEARRAY -> scalars.note(place, node, graph.op(node), size);
      default -> {
        place.see(save, ValueKind.OTHER, size);
        if (isNew && graph.op(node) == Op.BINPERSID) {
          runs.push(graph.a(node), place.makeMember(Attributes.PERSID_NAME));
        }
      }
    }
  }

  private void name(ValueProfile place, int node, int size) {
    if (graph.op(node) == Op.REDUCE_NAME) {
      // An enum member written by name: its column holds that name.
      int text = graph.edge(graph.a(graph.edge(graph.a(node) + 1)) + 1);
      scalars.note(place, text, graph.op(text), size);
    } else {
      place.see(save, ValueKind.NAME, size);
    }
  }

  private void sequence(
      ValueProfile place, ValueKind kind, long items, int size, boolean isNew, int owner) {
    place.see(save, kind, size);
    itemsOf(place, items, isNew, owner);
  }

  private void listOf(ValueProfile place, long items, boolean isNew, int owner) {
    int count = MemberSpan.count(items);
    ListFields fields = isNew ? place.fields(count, areOfOneKind(items)) : null;
    if (fields == null) {
      itemsOf(place, items, isNew, owner);
      return;
    }
    place.container(count);
    for (int i = count - 1; i >= 0; i--) {
      runs.push(meaning.member(MemberSpan.start(items) + i), fields.places().get(i));
    }
  }

  /** Whether a list is no row: it has values of one kind alone, or too many. */
  private boolean areOfOneKind(long items) {
    int count = MemberSpan.count(items);
    if (count < 2 || count > index.mostPlaces()) {
      return true;
    }
    Kind first = graph.kind(meaning.member(MemberSpan.start(items)));
    for (int i = MemberSpan.start(items) + 1; i < MemberSpan.start(items) + count; i++) {
      if (graph.kind(meaning.member(i)) != first) {
        return false;
      }
    }
    return true;
  }

  private void itemsOf(ValueProfile place, long items, boolean isNew, int owner) {
    place.container(MemberSpan.count(items));
    if (!isNew) {
      place.metAgain();
    } else if (MemberSpan.count(items) > 0) {
      pushAll(items, place.makeItems());
      backlinks(place, items, owner);
    }
  }

  private void tuple(ValueProfile place, long items, int size, boolean isNew, int owner) {
    place.see(save, ValueKind.TUPLE, size);
    placesOf(place, items, isNew, owner);
  }

  private void placesOf(ValueProfile place, long items, boolean isNew, int owner) {
    int count = MemberSpan.count(items);
    if (count == 0 || count > index.mostPlaces()) {
      itemsOf(place, items, isNew, owner);
      return;
    }
    place.container(count);
    if (!isNew && !isShortRow(items)) {
      place.metAgain();
      return;
    }
    for (int i = count - 1; i >= 0; i--) {
      runs.push(meaning.member(MemberSpan.start(items) + i), place.makePlace(i));
    }
  }

  /** Whether a tuple is of a few plain values: Python shares equal ones, which says nothing. */
  private boolean isShortRow(long items) {
    int count = MemberSpan.count(items);
    for (int i = MemberSpan.start(items); i < MemberSpan.start(items) + count; i++) {
      if (graph.op(meaning.member(i)) >= Op.BYTEARRAY8) {
        return false;
      }
    }
    return count <= SHORT_ROW;
  }

  private void backlinks(ValueProfile place, long items, int owner) {
    if (!runs.hasOwner(owner)) {
      return;
    }
    Backlinks links = place.backlinks();
    if (!links.mayBe()) {
      return;
    }
    int end = MemberSpan.start(items) + Math.min(CHECKED_MEMBERS, MemberSpan.count(items));
    for (int i = MemberSpan.start(items); i < end; i++) {
      int member = meaning.member(i);
      long pairs =
          graph.kind(member) == Kind.OBJECT ? attributes.pairsOfDict(member) : Attributes.NO_DICT;
      if (pairs != Attributes.NO_DICT) {
        links.check();
        backlink(links, pairs, owner);
      }
    }
  }

  private void backlink(Backlinks links, long pairs, int owner) {
    int start = MemberSpan.start(pairs);
    for (int i = start; i < start + MemberSpan.count(pairs); i += 2) {
      if (meaning.member(i + 1) == owner) {
        links.add(names.of(meaning.member(i)).text);
      }
    }
  }

  private void dict(ValueProfile place, long pairs, int keys, int size, boolean isNew) {
    place.see(save, ValueKind.DICT, size);
    pairsOf(place, pairs, keys, isNew);
  }

  private void pairsOf(ValueProfile place, long pairs, int keys, boolean isNew) {
    place.container(MemberSpan.count(pairs) / 2);
    if (isNew) {
      pairs(place, pairs, keys);
    } else {
      place.metAgain();
    }
  }

  private void pairs(ValueProfile place, long pairs, int keys) {
    if (MemberSpan.count(pairs) == 0) {
      return;
    }
    DictPlaces layout = place.isMap() ? null : layouts.record(place, pairs, keys);
    if (layout != null) {
      push(pairs, layout, VisitStack.NO_OWNER);
      return;
    }
    int start = MemberSpan.start(pairs);
    for (int i = start + MemberSpan.count(pairs) - 2; i >= start; i -= 2) {
      runs.push(meaning.member(i + 1), place.makeValues());
      runs.push(meaning.member(i), place.makeKeys());
    }
  }

  private void made(int node, ValueProfile place, int size, boolean isNew, int owner) {
    if (meaning.byValue(node) != null) {
      // A class or a function is a name, with its code or without.
      place.see(save, ValueKind.NAME, size);
      return;
    }
    WellKnown known = meaning.wellKnown(node);
    if (known != null
        && (scalars.wellKnown(place, known, isNew ? size + WELL_KNOWN_BYTES : size)
            || container(place, known, size, isNew, owner))) {
      return;
    }
    ClassIndex.Called by = called(meaning.callable(node));
    if (by == null) {
      place.see(save, ValueKind.OTHER, size);
      if (isNew) {
        runs.push(meaning.callable(node), index.beyond());
        unfollowed(node);
      }
      return;
    }
    if ((by.mayBeFrame && frame(node, place, size, isNew))
        || libraries.note(place, node, by.name, size)) {
      return;
    }
    if (by.isOfLibrary) {
      unread(place, by, size);
      return;
    }
    int argument = wrapped(node);
    if (argument >= 0) {
      ReferenceCount referred = place.referred(by.name);
      referred.count++;
      referred.wrapped++;
      visit(argument, place, owner);
      return;
    }
    held.read(node);
    if (!held.isContainer()) {
      object(node, by, -1, place, size, isNew);
    } else if (enclosing.has(runs.within(), by.name)) {
      object(node, by, -1, place, size, isNew);
      if (isNew) {
        ValueProfile ofClass = index.met(by, save).profile.contents();
        ofClass.see(save, held.kind(), 0);
        contents(by, ofClass, true, owner);
      }
    } else {
      container(node, by, place, size, isNew, owner);
    }
  }

  /**
   * Notes a container of a class: its members as those of a plain one in its place, its attributes
   * as those of its class.
   */
  private void container(
      int node, ClassIndex.Called by, ValueProfile place, int size, boolean isNew, int owner) {
    ReferenceCount referred = place.referred(by.name);
    referred.held++;
    if (held.isAlone()) {
      referred.count++;
      referred.wrapped++;
      referred.heldAlone++;
      place.see(save, held.kind(), size);
    } else {
      place.hold(held.kind());
      object(node, by, -1, place, size, isNew);
    }
    contents(by, place, isNew, owner);
  }

  private void contents(ClassIndex.Called by, ValueProfile place, boolean isNew, int owner) {
    int within = runs.within();
    runs.setWithin(enclosing.enter(within, by.name));
    long members = held.members();
    switch (held.kind()) {
      case DICT -> pairsOf(place, members, SaveDictPlaces.NO_KEYS, isNew);
      case TUPLE -> placesOf(place, members, isNew, owner);
      case LIST -> listOf(place, members, isNew, owner);
      default -> itemsOf(place, members, isNew, owner);
    }
    runs.setWithin(within);
  }

  /** Null for what is no name. */
  private ClassIndex.@Nullable Called called(int callable) {
    ClassIndex.Called known = called.get(callable);
    return known == null ? calledFirst(callable) : known;
  }

  private ClassIndex.@Nullable Called calledFirst(int callable) {
    String name = meaning.className(callable);
    if (name == null) {
      return null;
    }
    ClassIndex.Called by = index.called(name);
    called.put(callable, by);
    return by;
  }

  /** The one plain argument of a call that is nothing but that, as an enum's is; else -1. */
  private int wrapped(int node) {
    long arguments = meaning.argumentSpan(node);
    if (MemberSpan.count(arguments) != 1
        || MemberSpan.count(meaning.keywordSpan(node)) > 0
        || MemberSpan.count(meaning.stateSpan(node)) > 0
        || MemberSpan.count(meaning.appendedSpan(node)) > 0
        || MemberSpan.count(meaning.entrySpan(node)) > 0) {
      return -1;
    }
    int argument = meaning.member(MemberSpan.start(arguments));
    return switch (graph.kind(argument)) {
      case BOOL, INT, FLOAT, STR, PY2_STR, BYTES -> argument;
      default -> -1;
    };
  }

  private boolean container(
      ValueProfile place, WellKnown known, int size, boolean isNew, int owner) {
    if (!(known instanceof WellKnown.Container container)) {
      return false;
    }
    if (container.isKeyed()) {
      dict(place, container.members(), SaveDictPlaces.NO_KEYS, size, isNew);
    } else {
      sequence(place, ValueKind.DEQUE, container.members(), size, isNew, owner);
    }
    return true;
  }

  /** All that an object has beside its members; what is pushed last comes first. */
  private void parts(ClassIndex.Met of, int node) {
    if (!held.isState()) {
      state(of, node, attributes.state(node));
    }
    arguments(of, node);
  }

  /** The attributes of an object; {@code state} is -1 where it has none or several. */
  private void state(ClassIndex.Met of, int node, int state) {
    if (state >= 0 && meaning.kind(state) == Kind.DICT && meaning.references(state) == 1) {
      DictPlaces known = layouts.find(of.profile.body(), meaning.layout(state), 0);
      if (known != null) {
        // Of these very keys it is known that they are names.
        push(meaning.layoutPairs(state), known, node);
        return;
      }
    }
    otherState(of, node, state);
  }

  private void otherState(ClassIndex.Met of, int node, int state) {
    long pairs = state < 0 ? Attributes.NO_DICT : attributes.ownPairs(state);
    if (pairs != Attributes.NO_DICT) {
      attributes(of.profile.body(), pairs, meaning.layout(state), 0, node);
      return;
    }
    switch (attributes.form(node)) {
      case NONE, DICT -> {}
      case SLOTS -> slots(of, node);
      case STATE -> fields(of, state);
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
    place.mention(0, 1);
    Kind kind = graph.kind(state);
    if (!met.isNew(state) || (kind != Kind.LIST && kind != Kind.TUPLE)) {
      runs.push(state, place);
      return;
    }
    met.meet(state);
    long items = meaning.itemSpan(state);
    ValueKind fields = kind == Kind.LIST ? ValueKind.LIST : ValueKind.TUPLE;
    place.see(save, fields, NodeBytes.of(graph, state));
    place.container(MemberSpan.count(items));
    for (int i = MemberSpan.count(items) - 1; i >= 0; i--) {
      runs.push(meaning.member(MemberSpan.start(items) + i), place.makePlace(i));
    }
  }

  private void slots(ClassIndex.Met of, int node) {
    int pair = MemberSpan.start(meaning.itemSpan(attributes.state(node)));
    int dict = meaning.member(pair);
    int slots = meaning.member(pair + 1);
    long pairs = graph.kind(dict) == Kind.DICT ? meaning.itemSpan(dict) : MemberSpan.EMPTY;
    ValueProfile body = of.profile.body();
    int before = MemberSpan.count(pairs) / 2;
    attributes(body, attributes.slotPairs(node), meaning.layout(slots), before, node);
    attributes(body, pairs, meaning.layout(dict), 0, node);
  }

  private void arguments(ClassIndex.Met of, int node) {
    long arguments = meaning.argumentSpan(node);
    for (int i = MemberSpan.count(arguments) - 1; i >= held.argumentsHeld(); i--) {
      int at = MemberSpan.start(arguments) + i;
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
