package io.picklift.schema.tables.edit;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Contents;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.MemberVisitor;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.schema.tables.walk.FixedMembers;
import io.picklift.schema.tables.walk.MappingWalk;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a graph has the containers whose members are rows. */
public final class Containers implements MappingWalk.Visitor {
  /**
   * What holds a container's members.
   *
   * @param node -1 where the value is no container
   * @param isKeyed whether they are pairs
   * @param isListed whether these stand as lists of two in the list that is the node, as Python 2
   *     gives an {@code OrderedDict} its members
   */
  public record Holder(int node, boolean isKeyed, boolean isListed, int count) {
    public static final Holder NONE = new Holder(-1, false, false, 0);
  }

  private final Meaning meaning;
  private final MappingWalk walk;

  /** By table and owner's ordinal; the first where a path leads to several. */
  private final Map<List<Integer>, Integer> found = new HashMap<>();

  /** In which places paths lead to each value whose members are fixed. */
  private final Map<Integer, Set<Integer>> places = new HashMap<>();

  private @Nullable SharedTuples tuples;

  private Containers(Meaning meaning, MappingWalk walk) {
    this.meaning = meaning;
    this.walk = walk;
  }

  /** Runs the walk. */
  public static Containers of(Meaning meaning, MappingWalk walk) throws LimitException {
    Containers containers = new Containers(meaning, walk);
    walk.run(containers);
    return containers;
  }

  public MappingWalk walk() {
    return walk;
  }

  @Override
  public void row(int table, int ordinal, int node, int[] nodes) {}

  @Override
  public void container(int table, int owner, int node) {
    found.putIfAbsent(List.of(table, owner), node);
  }

  @Override
  public void value(int node, int place) {
    if (FixedMembers.of(meaning, walk, node) != Contents.NO_PLACES) {
      places.computeIfAbsent(node, k -> new HashSet<>()).add(place);
    }
  }

  /** Whether a container cannot change, but be made anew, and stands where no path leads. */
  public boolean isElsewhere(int container) {
    Set<Integer> known = places.getOrDefault(container, Set.of());
    if (known.isEmpty()) {
      return false;
    }
    SharedTuples shared = tuples;
    if (shared == null) {
      shared = new SharedTuples(meaning, walk);
      tuples = shared;
    }
    return shared.count(container) > known.size() || known.stream().anyMatch(shared::isIn);
  }

  /** The container of an owner's members; -1 where it has none. */
  public int of(int table, int owner) {
    return found.getOrDefault(List.of(table, owner), -1);
  }

  /** Whether the members of a table's containers have to be different. */
  public boolean areSets(int table) {
    return found.entrySet().stream()
        .filter(container -> container.getKey().get(0) == table)
        .map(container -> meaning.kind(container.getValue()))
        .anyMatch(kind -> kind == Kind.SET || kind == Kind.FROZENSET);
  }

  /** What holds the members of a container. */
  public Holder holder(int container) {
    return holder(meaning, container);
  }

  /** The same in any graph. */
  public static Holder holder(Meaning meaning, int container) {
    if (container < 0) {
      return Holder.NONE;
    }
    Holder[] holder = {Holder.NONE};
    meaning
        .contents()
        .visit(
            container,
            new MemberVisitor() {
              @Override
              public void items(int node, long items) {
                holder[0] = new Holder(node, false, false, MemberSpan.count(items));
              }

              @Override
              public void pairs(int node, long pairs) {
                holder[0] = new Holder(node, true, false, MemberSpan.count(pairs) / 2);
              }
            });
    return given(meaning, container, holder[0]);
  }

  /** How many members a container has room for; -1 where there is no limit. */
  public static long maxlen(Meaning meaning, int container) {
    return meaning.wellKnown(container) instanceof WellKnown.Deque deque ? deque.maxlen() : -1;
  }

  /** Whether a container has no room for so many members. */
  public static boolean isFull(Meaning meaning, int container, int members) {
    long most = maxlen(meaning, container);
    return most >= 0 && members > most;
  }

  /** Python 2 gives a deque or an OrderedDict its members in a list. */
  private static Holder given(Meaning meaning, int container, Holder holder) {
    boolean isKnown = meaning.wellKnown(container) instanceof WellKnown.Container;
    int[] arguments = isKnown ? meaning.arguments(container) : new int[0];
    boolean isGiven =
        arguments.length > 0
            && meaning.kind(arguments[0]) == Kind.LIST
            && (holder.isKeyed() ? meaning.entries(container) : meaning.appended(container)).length
                == 0;
    boolean isDefault = isKnown && meaning.wellKnown(container) instanceof WellKnown.DefaultDict;
    return isGiven && !isDefault
        ? new Holder(arguments[0], holder.isKeyed(), holder.isKeyed(), holder.count())
        : holder;
  }
}
