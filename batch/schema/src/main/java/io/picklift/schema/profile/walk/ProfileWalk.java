package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.profile.DictPlaces;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;

/**
 * Walks one save into a profile, without recursion and in the order of its members: what is shared
 * counts where it is met first. Here is which value comes next, and what has no members; {@link
 * ContainerVisit}, {@link ObjectVisit} and {@link CallVisit} note what has.
 */
final class ProfileWalk {
  private final ClassIndex index;
  private final WalkedSave walked;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final int[] edges;
  private final SaveFacts save;
  private final ScalarRecorder scalars;
  private final VisitedNodes met;
  private final VisitStack runs;
  private final ContainerVisit containers;
  private final ObjectVisit objects;
  private final CallVisit calls;

  ProfileWalk(ClassIndex index, Meaning meaning, SaveFacts save) {
    this.index = index;
    this.meaning = meaning;
    this.save = save;
    walked = new WalkedSave(index, meaning, save);
    graph = walked.graph;
    edges = graph.edges();
    scalars = walked.scalars;
    met = walked.met;
    runs = walked.runs;
    containers = new ContainerVisit(walked);
    HeldMembers held = new HeldMembers(meaning);
    objects = new ObjectVisit(walked, held);
    calls =
        new CallVisit(
            walked,
            containers,
            objects,
            held,
            (cell, of) -> visit(cell, of.resolved(), VisitStack.NO_OWNER));
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
    walked.layouts.mention();
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
      if (!plain(node, place) && !(mayBeLeaf(node) && leaf(node, place))) {
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
      if (!plain(node, place.resolved()) && !(mayBeLeaf(node) && leaf(node, place.resolved()))) {
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

  /**
   * Of what is no scalar, whether {@link #leaf} may note it: so that it is called for few others.
   */
  private boolean mayBeLeaf(int node) {
    return !met.isNew(node) || graph.op(node) == Op.REDUCE;
  }

  /** Notes what else has nothing to visit; gives false, noting nothing, for any other value. */
  private boolean leaf(int node, ValueProfile place) {
    int known = met.classNumber(node);
    if (known >= 0) {
      objects.refer(node, place, index.name(known));
      return true;
    }
    int packed = graph.op(node) == Op.REDUCE ? meaning.packedTime(node) : -1;
    if (packed < 0) {
      return false;
    }
    int size = met.isNew(node) ? size(node) + NodeBytes.WELL_KNOWN : NodeBytes.AGAIN;
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
    ClassIndex.Called by = isPlain ? walked.called(meaning.callable(node)) : null;
    if (by != null && by.isOfLibrary) {
      if (!by.mayBeFrame || !calls.frame(node, place, size, isNew)) {
        calls.unread(place, by, size);
      }
      return;
    }
    if (by != null) {
      objects.object(node, by, state, place, size, isNew);
      return;
    }
    Kind kind = graph.kind(node);
    if (kind == Kind.OBJECT || kind == Kind.CALL) {
      int argument = calls.made(node, place, size, isNew, owner);
      if (argument >= 0) {
        visit(argument, place, owner);
      }
    } else {
      others(node, place, size, isNew, owner);
    }
  }

  private void others(int node, ValueProfile place, int size, boolean isNew, int owner) {
    long items = meaning.itemSpan(node);
    switch (graph.kind(node)) {
      case LIST -> {
        place.see(save, ValueKind.LIST, size);
        containers.listOf(place, items, isNew, owner);
      }
      case SET, FROZENSET -> {
        place.see(save, ValueKind.SET, size);
        containers.itemsOf(place, items, isNew, owner);
      }
      case TUPLE -> {
        place.see(save, ValueKind.TUPLE, size);
        containers.placesOf(place, items, isNew, owner);
      }
      case DICT -> {
        place.see(save, ValueKind.DICT, size);
        containers.pairsOf(place, items, meaning.layout(node), isNew);
      }
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
}
