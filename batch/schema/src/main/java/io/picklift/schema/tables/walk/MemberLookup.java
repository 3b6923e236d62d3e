package io.picklift.schema.tables.walk;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Contents;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.schema.mapping.ValuePath;

/** Finds what one step of a path leads to, for the few values of which that is asked. */
public final class MemberLookup {
  private final Meaning meaning;
  private final MemberPlaces places;

  public MemberLookup(Meaning meaning) {
    this.meaning = meaning;
    places = new MemberPlaces(meaning, key -> {});
  }

  /**
   * Where the value stands that a step leads to, as {@link Meaning#member} takes it; {@link
   * MappingWalk#ABSENT} where there is none.
   */
  public int member(int node, ValuePath.Step step) {
    if (step instanceof ValuePath.Name name) {
      return named(node, name.name());
    }
    if (step instanceof ValuePath.Place place) {
      return placed(node, place.place());
    }
    return MappingWalk.ABSENT;
  }

  private int placed(int node, int place) {
    long span = meaning.contents().places(node);
    return span == Contents.NO_PLACES ? places.of(node, place) : MemberPlaces.at(span, place);
  }

  private int named(int node, String name) {
    switch (meaning.kind(node)) {
      case DICT -> {
        return among(meaning.itemSpan(node), name);
      }
      case OBJECT, CALL -> {
        if (meaning.wellKnown(node) instanceof WellKnown.Container container) {
          return container.isKeyed() ? among(container.members(), name) : MappingWalk.ABSENT;
        }
        Attributes attributes = meaning.attributes();
        return switch (attributes.form(node)) {
          case DICT -> among(attributes.dictPairs(node), name);
          case SLOTS -> {
            int slot = among(attributes.slotPairs(node), name);
            yield slot >= 0 || !hasDict(node) ? slot : among(attributes.dictPairs(node), name);
          }
          default -> MappingWalk.ABSENT;
        };
      }
      default -> {
        return MappingWalk.ABSENT;
      }
    }
  }

  private boolean hasDict(int node) {
    long pair = meaning.itemSpan(meaning.attributes().state(node));
    return meaning.kind(meaning.member(MemberSpan.start(pair))) == Kind.DICT;
  }

  /** Of two that are equal the last counts. */
  private int among(long pairs, String name) {
    int start = MemberSpan.start(pairs);
    int found = MappingWalk.ABSENT;
    for (int i = 0; i < MemberSpan.count(pairs); i += 2) {
      int key = meaning.member(start + i);
      if (meaning.isText(key) && meaning.text(key).equals(name)) {
        found = start + i + 1;
      }
    }
    return found;
  }
}
