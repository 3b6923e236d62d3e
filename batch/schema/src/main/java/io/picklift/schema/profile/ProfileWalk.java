package io.picklift.schema.profile;

import io.picklift.codec.graph.Attributes;
import io.picklift.codec.graph.Kind;
import io.picklift.codec.graph.Meaning;
import io.picklift.codec.graph.Op;
import io.picklift.codec.graph.SaveGraph;
import io.picklift.codec.graph.Span;
import io.picklift.codec.graph.WellKnown;
import java.util.Arrays;
import java.util.BitSet;

/** Walks one save into a profile, without recursion. */
final class ProfileWalk {
  /** Members of a list that are asked whether they refer back to its owner. */
  private static final int CHECKED_MEMBERS = 16;

  /** Longer texts are no attribute's name. */
  private static final int LONGEST_NAME = 64;

  private static final int NO_OWNER = -1;

  /** About what the state of a date or number of a class takes beside the object itself. */
  private static final int WELL_KNOWN_BYTES = 16;

  private final ClassIndex index;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final Attributes attributes;
  private final SaveFacts save;
  private final ScalarNotes scalars;
  private final String[] names;
  private final BitSet met;

  private int[] nodes = new int[64];
  private int[] owners = new int[64];
  private ValueProfile[] places = new ValueProfile[64];
  private int open;

  ProfileWalk(ClassIndex index, Meaning meaning, SaveFacts save) {
    this.index = index;
    this.meaning = meaning;
    this.save = save;
    graph = meaning.graph();
    attributes = meaning.attributes();
    scalars = new ScalarNotes(meaning, save, index.values);
    names = new String[graph.size()];
    met = new BitSet(graph.size());
  }

  void run(ValueProfile root) {
    index.start();
    push(meaning.root(), root, NO_OWNER);
    while (open > 0) {
      open--;
      visit(nodes[open], places[open].resolved(), owners[open]);
    }
    index.end();
  }

  private void push(int node, ValueProfile place, int owner) {
    if (open == nodes.length) {
      nodes = Arrays.copyOf(nodes, open * 2);
      owners = Arrays.copyOf(owners, open * 2);
      places = Arrays.copyOf(places, open * 2);
    }
    nodes[open] = node;
    places[open] = place;
    owners[open++] = owner;
  }

  /** The last first, so that members are visited in their order. */
  private void pushAll(long span, ValueProfile place) {
    for (int i = Span.start(span) + Span.count(span) - 1; i >= Span.start(span); i--) {
      push(meaning.member(i), place, NO_OWNER);
    }
  }

  private void visit(int node, ValueProfile place, int owner) {
    boolean isNew = !met.get(node);
    met.set(node);
    int size = isNew ? NodeBytes.of(graph, node) : NodeBytes.AGAIN;
    if (scalars.plain(place, node, size)) {
      return;
    }
    switch (graph.kind(node)) {
      case GLOBAL -> name(place, node, size);
      case LIST -> sequence(place, ValueKind.LIST, meaning.itemSpan(node), size, isNew, owner);
      case SET, FROZENSET ->
          sequence(place, ValueKind.SET, meaning.itemSpan(node), size, isNew, owner);
      case TUPLE -> tuple(place, meaning.itemSpan(node), size, isNew, owner);
      case DICT -> dict(place, meaning.itemSpan(node), size, isNew);
      case OBJECT, CALL -> made(node, place, size, isNew, owner);
      default -> {
        place.see(save, ValueKind.OTHER, size);
        if (isNew && graph.op(node) == Op.BINPERSID) {
          push(graph.a(node), index.beyond(), NO_OWNER);
        }
      }
    }
  }

  private void name(ValueProfile place, int node, int size) {
    if (graph.op(node) == Op.REDUCE_NAME) {
      // An enum member written by name: its column holds that name.
      int text = graph.edge(graph.a(graph.edge(graph.a(node) + 1)) + 1);
      scalars.plain(place, text, size);
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
      push(meaning.member(Span.start(items) + i), place.makePlace(i), NO_OWNER);
    }
  }

  private void backlinks(ValueProfile place, long items, int owner) {
    if (owner == NO_OWNER) {
      return;
    }
    int end = Span.start(items) + Math.min(CHECKED_MEMBERS, Span.count(items));
    for (int i = Span.start(items); i < end; i++) {
      int member = meaning.member(i);
      if (graph.kind(member) == Kind.OBJECT && attributes.form(member) == Attributes.Form.DICT) {
        place.checkedMember();
        backlink(place, attributes.dictPairs(member), owner);
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
    String text = names[key];
    if (text == null) {
      text = meaning.text(key);
      names[key] = text;
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
        push(meaning.member(i + 1), place.makeValues(), NO_OWNER);
        push(key, place.makeKeys(), NO_OWNER);
      } else {
        met.set(key);
        ValueProfile member = place.makeMember(text(key));
        member.mention((i - start) / 2);
        push(meaning.member(i + 1), member, NO_OWNER);
      }
    }
  }

  private boolean isName(int key) {
    if (!meaning.isText(key)) {
      return false;
    }
    return names[key] != null
        || (meaning.isSlice(key) ? graph.b(key) : meaning.bytes(key).length) <= LONGEST_NAME;
  }

  private void made(int node, ValueProfile place, int size, boolean isNew, int owner) {
    int callable = meaning.callable(node);
    boolean isNamed = graph.kind(callable) == Kind.GLOBAL;
    if (isNamed
        && scalars.plainTime(
            place, className(callable), node, isNew ? size + WELL_KNOWN_BYTES : size)) {
      return;
    }
    WellKnown known = meaning.wellKnown(node);
    if (known != null && wellKnown(place, known, size, isNew, owner)) {
      return;
    }
    if (!isNamed) {
      place.see(save, ValueKind.OTHER, size);
      if (isNew) {
        push(callable, index.beyond(), NO_OWNER);
        unfollowed(node);
      }
      return;
    }
    String name = className(callable);
    int argument = wrapped(node);
    if (argument >= 0) {
      Referred referred = place.referred(name);
      referred.count++;
      referred.wrapped++;
      visit(argument, place, owner);
      return;
    }
    place.see(save, ValueKind.OBJECT, NodeBytes.AGAIN);
    Referred referred = place.referred(name);
    referred.count++;
    boolean isOwned = meaning.references(node) == 1;
    referred.owned += isOwned ? 1 : 0;
    if (isNew) {
      object(index.met(name, save), node, size, isOwned);
    }
  }

  private String className(int callable) {
    String name = names[callable];
    if (name == null) {
      name = meaning.globalName(callable);
      names[callable] = name;
    }
    return name;
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
    if (scalars.wellKnown(place, known, isNew ? size + WELL_KNOWN_BYTES : size)) {
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
    switch (attributes.form(node)) {
      case NONE -> {}
      case DICT -> attributes(of, node, attributes.dictPairs(node), 0);
      case SLOTS -> slots(of, node);
      case STATE, STATES -> {
        of.profile.addOpaque();
        pushAll(meaning.stateSpan(node), index.beyond());
      }
    }
    arguments(of, node);
  }

  private void slots(ClassIndex.Met of, int node) {
    int dict = meaning.member(Span.start(meaning.itemSpan(attributes.state(node))));
    long pairs = graph.kind(dict) == Kind.DICT ? meaning.itemSpan(dict) : Span.EMPTY;
    attributes(of, node, attributes.slotPairs(node), Span.count(pairs));
    attributes(of, node, pairs, 0);
  }

  /**
   * Pushes attributes.
   *
   * @param before how many attributes come before these
   */
  private void attributes(ClassIndex.Met of, int node, long pairs, int before) {
    int start = Span.start(pairs);
    for (int i = start + Span.count(pairs) - 2; i >= start; i -= 2) {
      int key = meaning.member(i);
      met.set(key);
      int position = (before + i - start) / 2;
      ValueProfile place = of.expected(position, key);
      if (place == null) {
        place = of.profile.body().makeMember(text(key));
        of.expect(position, key, place);
      }
      place.mention(position);
      push(meaning.member(i + 1), place, node);
    }
  }

  private void arguments(ClassIndex.Met of, int node) {
    long arguments = meaning.argumentSpan(node);
    for (int i = Span.count(arguments) - 1; i >= 0; i--) {
      ValueProfile place = of.profile.body().makePlace(i);
      push(meaning.member(Span.start(arguments) + i), place, node);
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
