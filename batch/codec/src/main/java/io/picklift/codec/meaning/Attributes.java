package io.picklift.codec.meaning;

import io.picklift.codec.model.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether an object's state stands inline as its members, and which ({@code proto/JSON.md}): one
 * state, a dict of texts that nothing else refers to, or a pair of such a dict (or None) and such a
 * dict of slots.
 */
public final class Attributes {
  /** No span. */
  public static final long NO_DICT = -1;

  private static final byte NAMES = 1;
  private static final byte NO_NAMES = 2;

  /** What a state that does not stand inline goes by; no name of a member starts so. */
  public static final String STATE_NAME = "$state";

  /** The name by which paths call the value of a persistent id. */
  public static final String PERSID_NAME = "$persid";

  /** What an object's arguments go by where its places are members that were appended. */
  public static final String ARGUMENTS_NAME = "$args";

  private final Meaning meaning;

  /** By layout whether its keys are names of members, once that was looked at. */
  private final byte[] named = new byte[SharedKeyLists.MOST];

  Attributes(Meaning meaning) {
    this.meaning = meaning;
  }

  /** What {@link #form} tells. */
  public enum Form {
    /** No state. */
    NONE,
    /** One dict, whose pairs are the members. */
    DICT,
    /** A pair of a dict or None, and slots. */
    SLOTS,
    /** One state, shown as {@code $state}. */
    STATE,
    /** Several states, shown as {@code $states}. */
    STATES
  }

  /**
   * What {@link #dictPairs} gives where {@link #form} is {@link Form#DICT}, else {@link #NO_DICT}:
   * both at once, as most that walk many objects want it.
   */
  public long pairsOfDict(int node) {
    int state = state(node);
    return state < 0 ? NO_DICT : ownPairs(state);
  }

  /** The state of what was given one; else -1. */
  public int state(int node) {
    int state = meaning.plainState(node);
    if (state >= 0) {
      return state;
    }
    long states = meaning.stateSpan(node);
    return MemberSpan.count(states) == 1 ? meaning.member(MemberSpan.start(states)) : -1;
  }

  /**
   * The pairs of a state that stands inline as a dict, {@link #NO_DICT} for any other.
   *
   * @param state the only one of an object
   */
  public long ownPairs(int state) {
    boolean isOwn = meaning.kind(state) == Kind.DICT && meaning.references(state) == 1;
    return isOwn && areNames(state) ? meaning.pairSpan(state) : NO_DICT;
  }

  public Form form(int node) {
    long states = meaning.stateSpan(node);
    int count = MemberSpan.count(states);
    if (count != 1) {
      return count == 0 ? Form.NONE : Form.STATES;
    }
    int state = meaning.member(MemberSpan.start(states));
    if (isOwnDict(state)) {
      return Form.DICT;
    }
    if (meaning.kind(state) != Kind.TUPLE || meaning.references(state) != 1) {
      return Form.STATE;
    }
    long pair = meaning.itemSpan(state);
    if (MemberSpan.count(pair) != 2) {
      return Form.STATE;
    }
    int dict = meaning.member(MemberSpan.start(pair));
    int slots = meaning.member(MemberSpan.start(pair) + 1);
    boolean inline =
        isOwnDict(slots)
            && (meaning.kind(dict) == Kind.NONE || (isOwnDict(dict) && areApart(dict, slots)));
    return inline ? Form.SLOTS : Form.STATE;
  }

  private boolean isOwnDict(int node) {
    return ownPairs(node) != NO_DICT;
  }

  private boolean areNames(int dict) {
    int layout = meaning.layout(dict);
    if (layout < 0) {
      return meaning.areMemberNames(meaning.pairSpan(dict));
    }
    if (named[layout] == 0) {
      named[layout] = meaning.areMemberNames(meaning.pairSpan(dict)) ? NAMES : NO_NAMES;
    }
    return named[layout] == NAMES;
  }

  private boolean areApart(int left, int right) {
    return !meaning.haveEqualKeys(meaning.itemSpan(left), meaning.itemSpan(right));
  }

  /** The pairs of the dict of {@link Form#DICT} or {@link Form#SLOTS}. */
  public long dictPairs(int node) {
    int state = state(node);
    if (meaning.kind(state) == Kind.TUPLE) {
      state = meaning.member(MemberSpan.start(meaning.itemSpan(state)));
    }
    return meaning.itemSpan(state);
  }

  /** The pairs of the slots of {@link Form#SLOTS}. */
  public long slotPairs(int node) {
    return meaning.itemSpan(meaning.member(MemberSpan.start(meaning.itemSpan(state(node))) + 1));
  }

  int @Nullable [] inline(int node) {
    return switch (form(node)) {
      case DICT -> meaning.toArray(dictPairs(node));
      case SLOTS -> {
        int[] dict = meaning.toArray(dictPairs(node));
        int[] slots = meaning.toArray(slotPairs(node));
        int[] all = Arrays.copyOf(dict, dict.length + slots.length);
        System.arraycopy(slots, 0, all, dict.length, slots.length);
        yield all;
      }
      default -> null;
    };
  }

  int @Nullable [] slots(int node) {
    if (form(node) != Form.SLOTS) {
      return null;
    }
    long pairs = slotPairs(node);
    int[] names = new int[MemberSpan.count(pairs) / 2];
    for (int i = 0; i < names.length; i++) {
      names[i] = meaning.member(MemberSpan.start(pairs) + 2 * i);
    }
    return names;
  }
}
