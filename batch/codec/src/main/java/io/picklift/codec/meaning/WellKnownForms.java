package io.picklift.codec.meaning;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.GlobalName;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.model.Scalars;
import io.picklift.codec.text.DecimalText;
import io.picklift.codec.text.IsoTime;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells which objects and calls have exactly the form that a well-known type's own pickling gives.
 */
final class WellKnownForms {
  private static final int DATE_BYTES = 4;
  private static final int TIME_BYTES = 6;
  private static final int DATETIME_BYTES = 10;
  private static final int MAX_DAYS = 999_999_999;
  private static final int UUID_BITS = 128;

  /** The most bytes that a byte is written in: {@code \U000000ff}. */
  private static final int LONGEST_ESCAPE = 10;

  private static final int QUOTES = 2;

  /** Longer Decimals are looked at once: a pickle may use a text as often as it has bytes. */
  private static final int LONGEST_DECIMAL = 256;

  private static final int LAST_OF_PYTHON_2 = 2;
  private static final String UUID_KEY = "int";
  private static final List<WellKnownType> TYPES = List.of(WellKnownType.values());
  private static final int NO_TYPE = TYPES.size();

  private final SaveGraph graph;
  private final Scalars scalars;
  private final GlobalNames names;
  private final ContainerMembers members;

  /**
   * The type that each name met so far is of, by the name's number: its index in {@link #TYPES}
   * plus one, or {@link #NO_TYPE} plus one.
   */
  private byte[] types = new byte[16];

  private int lastCallable = -1;
  private @Nullable WellKnownType lastType;
  private int callableBefore = -1;
  private @Nullable WellKnownType typeBefore;

  private final Map<Integer, Optional<WellKnown.Decimal>> longDecimals = new HashMap<>();

  /** Whether a list holds lists of two alone, 1 or 0: many calls may be given one list. */
  private final IntMap pairLists = new IntMap();

  WellKnownForms(SaveGraph graph, Scalars scalars, GlobalNames names, ContainerMembers members) {
    this.graph = graph;
    this.scalars = scalars;
    this.names = names;
    this.members = members;
  }

  /** The type by the name of what an object or call was made with. */
  @Nullable WellKnownType type(int callable) {
    // Mostly it is one of the two that were asked for before.
    if (callable != lastCallable) {
      WellKnownType type = callable == callableBefore ? typeBefore : find(callable);
      typeBefore = lastType;
      callableBefore = lastCallable;
      lastType = type;
      lastCallable = callable;
    }
    return lastType;
  }

  private @Nullable WellKnownType find(int callable) {
    if (graph.kind(callable) != Kind.GLOBAL) {
      return null;
    }
    int known = names.isShort(callable) ? typeOf(callable) : NO_TYPE;
    return known == NO_TYPE ? null : TYPES.get(known);
  }

  /** Whether what is made with the name of that type may be one of it. */
  boolean canBe(int node, WellKnownType type) {
    boolean isObject = type == WellKnownType.UUID;
    return isObject == (graph.kind(node) == Kind.OBJECT);
  }

  private int typeOf(int callable) {
    int number = names.number(callable);
    if (number < 0) {
      return indexOf(names.name(callable));
    }
    if (number >= types.length) {
      types = Arrays.copyOf(types, Math.max(number + 1, types.length * 2));
    }
    if (types[number] == 0) {
      types[number] = (byte) (1 + indexOf(names.name(callable)));
    }
    return types[number] - 1;
  }

  private static int indexOf(GlobalName name) {
    WellKnownType type = WellKnownType.of(name);
    return type == null ? NO_TYPE : TYPES.indexOf(type);
  }

  /**
   * The value of the node by the forms of {@code type}, whoever else refers to its parts.
   *
   * @return null where it has none of them
   */
  @Nullable WellKnown value(int node, WellKnownType type) throws LimitException {
    if (type == WellKnownType.UUID) {
      return uuid(node);
    }
    if (MemberSpan.count(members.states(node)) > 0) {
      return null;
    }
    long args = members.arguments(node);
    boolean noItems = MemberSpan.count(members.appended(node)) == 0;
    boolean noEntries = MemberSpan.count(members.entries(node)) == 0;
    return switch (type) {
      case ORDERED_DICT -> noItems ? orderedDict(node, args, noEntries) : null;
      case DEFAULT_DICT -> noItems ? defaultDict(node, args) : null;
      case DEQUE -> noEntries ? deque(node, args, noItems) : null;
      default -> noItems && noEntries ? plain(args, type) : null;
    };
  }

  /**
   * Whether the node has the form of a date, time or datetime: what {@link #value} would say,
   * without the text that it makes.
   */
  boolean isTime(int node, WellKnownType type) throws LimitException {
    if (MemberSpan.count(members.states(node)) > 0
        || MemberSpan.count(members.appended(node)) > 0
        || MemberSpan.count(members.entries(node)) > 0) {
      return false;
    }
    long args = members.arguments(node);
    return switch (type) {
      case DATETIME -> dateTimeState(args) != null;
      case DATE -> dateState(args) != null;
      default -> timeState(args) != null;
    };
  }

  /**
   * What a call of a date's, time's or datetime's name is given and nothing else: bytes, as they
   * stand in the pickle and as many as the type's state has. Or the text that a Decimal is given.
   * So are nearly all of them; -1 for any other, whose form {@link #isTime} and {@link #value}
   * tell.
   */
  int packed(int node, WellKnownType type) {
    if (graph.op(node) != Op.REDUCE || graph.b(node) >= 0) {
      return -1;
    }
    int arguments = graph.edge(graph.a(node) + 1);
    if (graph.op(arguments) != Op.TUPLE1) {
      return -1;
    }
    int given = graph.edge(graph.a(arguments));
    int op = graph.op(given);
    boolean fits =
        switch (type) {
          case DATETIME -> isSlice(op) && graph.b(given) == DATETIME_BYTES;
          case DATE -> isSlice(op) && graph.b(given) == DATE_BYTES;
          case TIME -> isSlice(op) && graph.b(given) == TIME_BYTES;
          case DECIMAL -> op >= Op.BINUNICODE && op <= Op.BINUNICODE8;
          default -> false;
        };
    return fits ? given : -1;
  }

  private static boolean isSlice(int op) {
    return op >= Op.BINBYTES && op <= Op.BINBYTES8;
  }

  /** Whether what {@link #packed} gave is a value of its type. */
  boolean isPacked(int given) {
    if (graph.kind(given) == Kind.STR) {
      return decimal(given).isPresent();
    }
    byte[] source = graph.source();
    int at = graph.a(given);
    return switch (graph.b(given)) {
      case DATETIME_BYTES ->
          IsoTime.isDate(source, at, true) && IsoTime.isTime(source, at + DATE_BYTES, false);
      case DATE_BYTES -> IsoTime.isDate(source, at, false);
      default -> IsoTime.isTime(source, at, true);
    };
  }

  private @Nullable WellKnown plain(long args, WellKnownType type) {
    return switch (type) {
      case DATETIME -> dateTime(args);
      case DATE -> date(args);
      case TIME -> time(args);
      case TIMEDELTA -> timeDelta(args);
      case DECIMAL -> decimal(args);
      case COMPLEX -> complex(args);
      default -> null;
    };
  }

  private int argument(long args, int index) {
    return members.member(MemberSpan.start(args) + index);
  }

  /** The state of a date or time: bytes, or bytes as Python 2 wrote them. */
  private byte @Nullable [] stateBytes(long args, int length) {
    int node = argument(args, 0);
    Kind kind = graph.kind(node);
    if (kind != Kind.BYTES && kind != Kind.PY2_STR) {
      return null;
    }
    // A folded one's length is not known before; it is short or no date.
    if (writtenLength(node) > (long) LONGEST_ESCAPE * length + QUOTES) {
      return null;
    }
    byte[] bytes = scalars.bytes(node);
    return bytes.length == length ? bytes : null;
  }

  /** About how many bytes the value was written in: text of another kind for folded bytes. */
  private int writtenLength(int node) {
    if (graph.op(node) != Op.REDUCE_BYTES) {
      return graph.b(node);
    }
    int args = graph.edge(graph.a(node) + 1);
    return graph.op(args) == Op.EMPTY_TUPLE ? 0 : graph.b(graph.edge(graph.a(args)));
  }

  private @Nullable WellKnown dateTime(long args) {
    byte[] state = dateTimeState(args);
    return state == null ? null : new WellKnown.DateTime(state, state[2] < 0 ? 1 : 0, zone(args));
  }

  private byte @Nullable [] dateTimeState(long args) {
    byte[] state = isZoned(args) ? stateBytes(args, DATETIME_BYTES) : null;
    return state != null
            && IsoTime.isDate(state, 0, true)
            && IsoTime.isTime(state, DATE_BYTES, false)
        ? state
        : null;
  }

  private @Nullable WellKnown date(long args) {
    byte[] state = dateState(args);
    return state == null ? null : new WellKnown.Date(state);
  }

  private byte @Nullable [] dateState(long args) {
    byte[] state = MemberSpan.count(args) == 1 ? stateBytes(args, DATE_BYTES) : null;
    return state != null && IsoTime.isDate(state, 0, false) ? state : null;
  }

  private @Nullable WellKnown time(long args) {
    byte[] state = timeState(args);
    return state == null ? null : new WellKnown.Time(state, state[0] < 0 ? 1 : 0, zone(args));
  }

  private byte @Nullable [] timeState(long args) {
    byte[] state = isZoned(args) ? stateBytes(args, TIME_BYTES) : null;
    return state != null && IsoTime.isTime(state, 0, true) ? state : null;
  }

  /** Whether there is a state, and a zone or none: None is not given. */
  private boolean isZoned(long args) {
    int count = MemberSpan.count(args);
    return count == 1 || (count == 2 && !isNone(argument(args, 1)));
  }

  /** The node of the zone, or -1. */
  int zone(long args) {
    return MemberSpan.count(args) == 2 ? argument(args, 1) : -1;
  }

  private @Nullable WellKnown timeDelta(long args) {
    if (MemberSpan.count(args) != 3) {
      return null;
    }
    for (int i = 0; i < 3; i++) {
      int node = argument(args, i);
      if (graph.kind(node) != Kind.INT || !scalars.fitsLong(node)) {
        return null;
      }
    }
    long days = scalars.longValue(argument(args, 0));
    long seconds = scalars.longValue(argument(args, 1));
    long micros = scalars.longValue(argument(args, 2));
    boolean inRange =
        days >= -MAX_DAYS
            && days <= MAX_DAYS
            && seconds >= 0
            && seconds < 86_400
            && micros >= 0
            && micros < 1_000_000;
    return inRange ? new WellKnown.TimeDelta((int) days, (int) seconds, (int) micros) : null;
  }

  private @Nullable WellKnown decimal(long args) {
    if (MemberSpan.count(args) != 1 || !scalars.isText(argument(args, 0))) {
      return null;
    }
    return decimal(argument(args, 0)).orElse(null);
  }

  private Optional<WellKnown.Decimal> decimal(int textNode) {
    return graph.b(textNode) > LONGEST_DECIMAL
        ? longDecimals.computeIfAbsent(textNode, this::makeDecimal)
        : makeDecimal(textNode);
  }

  private Optional<WellKnown.Decimal> makeDecimal(int textNode) {
    String text = scalars.text(textNode);
    return DecimalText.isCanonical(text)
        ? Optional.of(new WellKnown.Decimal(text))
        : Optional.empty();
  }

  private @Nullable WellKnown complex(long args) {
    if (MemberSpan.count(args) != 2
        || graph.kind(argument(args, 0)) != Kind.FLOAT
        || graph.kind(argument(args, 1)) != Kind.FLOAT) {
      return null;
    }
    return new WellKnown.Complex(
        scalars.floatValue(argument(args, 0)), scalars.floatValue(argument(args, 1)));
  }

  /** {@code uuid.UUID} with the state {@code {'int': n}}. */
  private @Nullable WellKnown uuid(int node) throws LimitException {
    int op = graph.op(node);
    if (op == Op.NEWOBJ_EX
        || op == Op.REDUCE_NEWOBJ_EX
        || MemberSpan.count(members.arguments(node)) > 0
        || MemberSpan.count(members.appended(node)) > 0
        || MemberSpan.count(members.entries(node)) > 0
        || MemberSpan.count(members.states(node)) != 1) {
      return null;
    }
    int state = argument(members.states(node), 0);
    if (graph.kind(state) != Kind.DICT || MemberSpan.count(members.items(state)) != 2) {
      return null;
    }
    int key = argument(members.items(state), 0);
    int value = argument(members.items(state), 1);
    if (graph.kind(value) != Kind.INT || !isUuidKey(key)) {
      return null;
    }
    BigInteger number = scalars.bigInteger(value);
    if (number.signum() < 0 || number.bitLength() > UUID_BITS) {
      return null;
    }
    return new WellKnown.Uuid(
        new UUID(number.shiftRight(Long.SIZE).longValue(), number.longValue()).toString());
  }

  private boolean isUuidKey(int key) {
    return graph.b(key) <= LONGEST_ESCAPE * UUID_KEY.length() + QUOTES
        && scalars.isText(key)
        && scalars.text(key).equals(UUID_KEY);
  }

  private @Nullable WellKnown orderedDict(int node, long args, boolean noEntries)
      throws LimitException {
    if (MemberSpan.count(args) == 0) {
      return new WellKnown.OrderedDict(members.foldedEntries(node));
    }
    int list = argument(args, 0);
    if (MemberSpan.count(args) != 1
        || !noEntries
        || graph.kind(list) != Kind.LIST
        || !isPairList(list)) {
      return null;
    }
    return new WellKnown.OrderedDict(members.listedPairs(node, list));
  }

  /**
   * The list that Python 2 gave a subclass of {@code OrderedDict} its pairs in: what a call of no
   * well-known type was given alone, lists of a key and a value. -1 for any other.
   */
  int listOfPairs(int node) throws LimitException {
    if (graph.style().protocol() > LAST_OF_PYTHON_2 || graph.op(node) != Op.REDUCE) {
      return -1;
    }
    long args = members.arguments(node);
    int list = MemberSpan.count(args) == 1 ? argument(args, 0) : -1;
    if (list < 0
        || graph.kind(list) != Kind.LIST
        || MemberSpan.count(members.items(list)) == 0
        || MemberSpan.count(members.entries(node)) > 0
        || MemberSpan.count(members.appended(node)) > 0
        || !isPairList(list)) {
      return -1;
    }
    long items = members.items(list);
    for (int i = 0; i < MemberSpan.count(items); i++) {
      int key = argument(members.items(argument(items, i)), 0);
      switch (graph.kind(key)) {
        case LIST, DICT, SET, BYTEARRAY -> {
          return -1;
        }
        default -> {}
      }
    }
    return list;
  }

  /** Whether the list holds lists of two alone. */
  private boolean isPairList(int list) throws LimitException {
    int known = pairLists.get(list);
    if (known < 0) {
      known = hasPairsAlone(list) ? 1 : 0;
      pairLists.put(list, known);
    }
    return known == 1;
  }

  private boolean hasPairsAlone(int list) throws LimitException {
    long items = members.items(list);
    for (int i = 0; i < MemberSpan.count(items); i++) {
      int item = argument(items, i);
      if (graph.kind(item) != Kind.LIST || MemberSpan.count(members.items(item)) != 2) {
        return false;
      }
    }
    return true;
  }

  private @Nullable WellKnown defaultDict(int node, long args) throws LimitException {
    int count = MemberSpan.count(args);
    if (count > 1 || (count == 1 && isNone(argument(args, 0)))) {
      return null;
    }
    return new WellKnown.DefaultDict(
        members.foldedEntries(node), count == 1 ? argument(args, 0) : -1);
  }

  private @Nullable WellKnown deque(int node, long args, boolean noItems) throws LimitException {
    int count = MemberSpan.count(args);
    if (count == 0) {
      return new WellKnown.Deque(members.appended(node), -1);
    }
    long maxlen = -1;
    if (count == 2) {
      int given = argument(args, 1);
      if (graph.kind(given) != Kind.INT
          || !scalars.fitsLong(given)
          || scalars.longValue(given) < 0) {
        return null;
      }
      maxlen = scalars.longValue(given);
    }
    int first = argument(args, 0);
    long items;
    if (graph.kind(first) == Kind.LIST && count <= 2 && noItems) {
      items = members.items(first);
    } else if (isEmptyTuple(first) && count == 2) {
      items = members.appended(node);
    } else {
      return null;
    }
    return maxlen >= 0 && MemberSpan.count(items) > maxlen
        ? null
        : new WellKnown.Deque(items, maxlen);
  }

  private boolean isEmptyTuple(int node) {
    return graph.kind(node) == Kind.TUPLE && MemberSpan.count(members.tuple(node)) == 0;
  }

  private boolean isNone(int node) {
    return graph.kind(node) == Kind.NONE;
  }
}
