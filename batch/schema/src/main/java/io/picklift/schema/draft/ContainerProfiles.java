package io.picklift.schema.draft;

import io.picklift.codec.meaning.Attributes;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.scalar.ScalarProfile;
import io.picklift.schema.profile.scalar.SizeRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What can be told of a container from its profile. */
final class ContainerProfiles {
  /** Tuples of up to so many members of different lengths still have a column for each place. */
  private static final int SHORT_TUPLE = 4;

  /** More values of one kind are a series. */
  private static final int LONG_TUPLE = 16;

  private static final int MOST_JSON_LEAVES = 200;

  private ContainerProfiles() {}

  /** Whether each place of the tuples here can have a column of its own. */
  static boolean hasFields(ValueProfile place) {
    SizeRange sizes = place.sizes();
    boolean areTuples = place.sequences() == place.tuples() || place.areListsFields();
    return !place.places().isEmpty()
        && areTuples
        && place.items() == null
        && place.values() == null
        && place.members().isEmpty()
        && (sizes.min() == sizes.max() || sizes.max() <= SHORT_TUPLE)
        && !isSeries(place.places());
  }

  /** Whether members are of one shape, and so many that they are rows rather than columns. */
  private static boolean isSeries(List<ValueProfile> members) {
    Set<ValueKind> kinds = EnumSet.noneOf(ValueKind.class);
    Set<String> classes = new TreeSet<>();
    Set<Set<String>> names = new HashSet<>();
    Set<Long> sizes = new TreeSet<>();
    for (ValueProfile member : members) {
      for (ValueKind kind : ValueKind.values()) {
        if (kind != ValueKind.NONE && member.count(kind) > 0) {
          kinds.add(kind);
        }
      }
      classes.addAll(member.classes().keySet());
      names.add(member.members().keySet());
      sizes.add((long) member.places().size());
    }
    if (kinds.size() != 1 || classes.size() > 1 || names.size() > 1 || sizes.size() > 1) {
      return false;
    }
    return switch (kinds.iterator().next()) {
      case TUPLE, DICT -> members.size() > 1;
      case OBJECT, LIST, SET, DEQUE -> members.size() > SHORT_TUPLE;
      default -> members.size() > LONG_TUPLE;
    };
  }

  /** The members of the lists, tuples, sets and maps here, as one; null where there were none. */
  static @Nullable ValueProfile members(Profile profile, ValueProfile place) {
    List<ValueProfile> all = new ArrayList<>(place.places());
    ValueProfile items = place.items();
    if (items != null) {
      all.add(items);
    }
    ValueProfile values = place.values();
    if (values != null) {
      all.add(values);
    }
    return all.isEmpty() ? null : all.size() == 1 ? all.get(0) : profile.joined(all);
  }

  static int leaves(ValueProfile place) {
    int leaves = 0;
    Deque<ValueProfile> open = new ArrayDeque<>();
    open.push(place);
    while (!open.isEmpty()) {
      ValueProfile at = open.pop();
      if (at.members().isEmpty() && at.places().isEmpty()) {
        leaves++;
      }
      at.members().values().forEach(open::push);
      at.places().forEach(open::push);
    }
    return leaves;
  }

  /** Whether a JSON column holds nearly all of what is here. */
  static boolean isJson(ValueProfile place) {
    Deque<ValueProfile> open = new ArrayDeque<>();
    open.push(place);
    int seen = 0;
    while (!open.isEmpty()) {
      ValueProfile at = open.pop();
      if (at.members().containsKey(Attributes.ARGUMENTS_NAME)) {
        // No document has a form for these that can be changed.
        return false;
      }
      if (at.isBeyond() || at.hasFrames() || ++seen > MOST_JSON_LEAVES || !holds(at)) {
        return false;
      }
      ValueProfile keys = at.keys();
      if (keys != null && keys.count(ValueKind.TEXT) < keys.count()) {
        return false;
      }
      push(open, at.items());
      push(open, at.values());
      at.members().values().forEach(open::push);
      at.places().forEach(open::push);
    }
    return true;
  }

  private static void push(Deque<ValueProfile> open, @Nullable ValueProfile place) {
    if (place != null) {
      open.push(place);
    }
  }

  private static boolean holds(ValueProfile place) {
    for (ValueKind kind : ValueKind.values()) {
      boolean fits =
          switch (kind) {
            case NONE, BOOL, INT, FLOAT, TEXT, LIST, TUPLE, SET, DEQUE, DICT -> true;
            default -> false;
          };
      if (!fits && place.count(kind) > 0) {
        return false;
      }
    }
    ScalarProfile scalars = place.scalars();
    return scalars == null
        || (scalars.bigInts() * 50 <= place.count()
            && (scalars.unfitFloats() + scalars.fineFloats()) * 50 <= place.count()
            && scalars.surrogates() * 50 <= place.count());
  }
}
