package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.profile.DictPlaces;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.ValueProfile;
import org.jspecify.annotations.Nullable;

/** The save that is walked: what was met of it so far, and what is still to be visited. */
final class WalkedSave {
  final ClassIndex index;
  final Meaning meaning;
  final SaveGraph graph;
  final Attributes attributes;
  final SaveFacts facts;
  final ScalarRecorder scalars;
  final KeyNames names;
  final VisitedNodes met;
  final VisitStack runs = new VisitStack();
  final SaveDictPlaces layouts;

  /** By the node of a name what goes by it. */
  private final NodeMap<ClassIndex.Called> called = new NodeMap<>();

  WalkedSave(ClassIndex index, Meaning meaning, SaveFacts facts) {
    this.index = index;
    this.meaning = meaning;
    this.facts = facts;
    graph = meaning.graph();
    attributes = meaning.attributes();
    scalars = new ScalarRecorder(meaning, facts, index.values, index.texts);
    met = new VisitedNodes(graph.size());
    names = new KeyNames(meaning);
    layouts = new SaveDictPlaces(meaning, facts, met, names);
  }

  /** What a callable is called; null for what has no name. */
  ClassIndex.@Nullable Called called(int callable) {
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

  /** Has the values of a dict's pairs visited, each at its place. */
  void push(long pairs, DictPlaces layout, int owner) {
    layout.count();
    runs.push(pairs, layout, owner);
  }

  /** Has some members visited, all at one place. */
  void pushAll(long span, ValueProfile place) {
    if (MemberSpan.count(span) > 0) {
      runs.push(MemberSpan.start(span), MemberSpan.start(span) + MemberSpan.count(span), place);
    }
  }
}
