package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.profile.Backlinks;
import io.picklift.schema.profile.DictPlaces;
import io.picklift.schema.profile.ListFields;
import io.picklift.schema.profile.ValueProfile;

/**
 * Which places the members of a container are of: one for all of a list, one a place of a tuple,
 * one a name of a record.
 */
final class ContainerVisit {
  /** Members of a list that are asked whether they refer back to its owner. */
  private static final int CHECKED_MEMBERS = 16;

  /** Tuples of so many plain values are followed wherever they are. */
  private static final int SHORT_ROW = 8;

  private final WalkedSave walked;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final Attributes attributes;
  private final VisitStack runs;
  private final KeyNames names;
  private final SaveDictPlaces layouts;

  ContainerVisit(WalkedSave walked) {
    this.walked = walked;
    meaning = walked.meaning;
    graph = walked.graph;
    attributes = walked.attributes;
    runs = walked.runs;
    names = walked.names;
    layouts = walked.layouts;
  }

  void listOf(ValueProfile place, long items, boolean isNew, int owner) {
    int count = MemberSpan.count(items);
    // Mostly it is known since the first lists.
    ListFields fields =
        isNew && place.mayHaveFields() ? place.fields(count, areOfOneKind(items)) : null;
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
    if (count < 2 || count > walked.index.mostPlaces()) {
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

  void itemsOf(ValueProfile place, long items, boolean isNew, int owner) {
    place.container(MemberSpan.count(items));
    if (!isNew) {
      place.metAgain();
    } else if (MemberSpan.count(items) > 0) {
      walked.pushAll(items, place.makeItems());
      backlinks(place, items, owner);
    }
  }

  void placesOf(ValueProfile place, long items, boolean isNew, int owner) {
    int count = MemberSpan.count(items);
    if (count == 0 || count > walked.index.mostPlaces()) {
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

  void pairsOf(ValueProfile place, long pairs, int keys, boolean isNew) {
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
      walked.push(pairs, layout, VisitStack.NO_OWNER);
      return;
    }
    int start = MemberSpan.start(pairs);
    for (int i = start + MemberSpan.count(pairs) - 2; i >= start; i -= 2) {
      runs.push(meaning.member(i + 1), place.makeValues());
      runs.push(meaning.member(i), place.makeKeys());
    }
  }
}
