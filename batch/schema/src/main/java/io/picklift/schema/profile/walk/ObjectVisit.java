package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.profile.DictPlaces;
import io.picklift.schema.profile.ReferenceCount;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;

/** Notes objects of a class, and sees to it that their attributes and arguments come next. */
final class ObjectVisit {
  private final WalkedSave walked;
  private final ClassIndex index;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final Attributes attributes;
  private final SaveFacts save;
  private final VisitedNodes met;
  private final VisitStack runs;
  private final SaveDictPlaces layouts;
  private final HeldMembers held;

  /**
   * Visits one save's objects.
   *
   * @param held what was read of the object that is visited, where its state is none of its own
   */
  ObjectVisit(WalkedSave walked, HeldMembers held) {
    this.walked = walked;
    index = walked.index;
    meaning = walked.meaning;
    graph = walked.graph;
    attributes = walked.attributes;
    save = walked.facts;
    met = walked.met;
    runs = walked.runs;
    layouts = walked.layouts;
    this.held = held;
  }

  /** Notes an object of a class: {@code state} as {@link Meaning#plainState} has it. */
  void object(
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
  boolean refer(int node, ValueProfile place, String className) {
    place.see(save, ValueKind.OBJECT, NodeBytes.AGAIN);
    ReferenceCount referred = place.referred(className);
    referred.count++;
    boolean isOwned = meaning.references(node) == 1;
    referred.owned += isOwned ? 1 : 0;
    return isOwned;
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
        walked.push(meaning.layoutPairs(state), known, node);
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
        walked.pushAll(meaning.stateSpan(node), index.beyond());
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
    walked.push(pairs, layouts.attributes(of, pairs, keys, before), owner);
  }

  private void arguments(ClassIndex.Met of, int node) {
    long arguments = meaning.argumentSpan(node);
    for (int i = MemberSpan.count(arguments) - 1; i >= held.argumentsHeld(); i--) {
      int at = MemberSpan.start(arguments) + i;
      runs.push(at, at + 1, of.profile.body().makePlace(i), node);
    }
    walked.pushAll(meaning.keywordSpan(node), index.beyond());
  }
}
