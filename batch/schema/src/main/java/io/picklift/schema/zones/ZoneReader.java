package io.picklift.schema.zones;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the {@code tzinfo} objects of a save say about their zone. */
public final class ZoneReader {
  private static final Zone UNKNOWN = new Zone.Unknown();
  private static final Zone UTC = new Zone.Fixed(0);
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;
  private static final String FOLDER = "zoneinfo/";

  /** Names that Python's database has and Java's leaves out. */
  private static final Map<String, Integer> MISSING = Map.of("EST", -5, "MST", -7, "HST", -10);

  /** Modules whose classes of one offset may be given it as a number of minutes. */
  private static final List<String> MINUTES = List.of("pytz.", "psycopg2.", "django.", "bson.");

  /** Classes without state that are UTC, of any module. */
  private static final Set<String> UTC_CLASSES = Set.of("UTC", "_UTC", "Utc", "tzutc", "TZUTC");

  /** Classes that are the zone of the machine which reads the pickle. */
  private static final Set<String> LOCAL =
      Set.of("tzlocal", "LocalTimezone", "ReferenceLocalTimezone", "tzwinlocal");

  private final Meaning meaning;
  private final SaveGraph graph;
  private final Map<Integer, Zone> known = new HashMap<>();

  public ZoneReader(Meaning meaning) {
    this.meaning = meaning;
    graph = meaning.graph();
  }

  /** The zone of a {@code tzinfo}. */
  public Zone of(int node) {
    Zone zone = known.get(node);
    if (zone == null) {
      zone = read(node);
      known.put(node, zone);
    }
    return zone;
  }

  /**
   * The zone of a whole column of times: of pytz's the one of that name, since which offset was in
   * force differs from time to time.
   */
  public Zone ofAll(int node) {
    return className(node).equals("pytz._p") ? named(textArgument(node)) : of(node);
  }

  /** Whether it is the zone of whichever machine reads the pickle, so that no one can know it. */
  public boolean isLocal(int node) {
    return LOCAL.contains(simple(className(node)));
  }

  /** Whether it is of a class of zones, by name alone. */
  public boolean isZone(int node) {
    String name = className(node);
    String simple = simple(name);
    return name.endsWith(".ZoneInfo._unpickle")
        || name.equals("pytz._p")
        || simple.equals("gettz")
        || simple.equals("tzfile")
        || UTC_CLASSES.contains(simple)
        || LOCAL.contains(simple)
        || isFixed(simple);
  }

  private static boolean isFixed(String simple) {
    return simple.equals("timezone")
        || simple.contains("Fixed")
        || simple.contains("ffset")
        || simple.contains("Static");
  }

  private Zone read(int node) {
    String name = className(node);
    String simple = simple(name);
    if (name.isEmpty() || LOCAL.contains(simple)) {
      return UNKNOWN;
    }
    if (name.endsWith(".ZoneInfo._unpickle") || simple.equals("gettz")) {
      return named(textArgument(node));
    }
    if (name.equals("pytz._p")) {
      // The offset that was in force stands in the pickle; without one the zone has only one.
      return argumentCount(node) > 1 ? fixed(argument(node, 1), SECOND) : named(textArgument(node));
    }
    if (simple.equals("tzfile")) {
      Zone table = new ZoneTableReader(meaning, this).read(node);
      return table == null ? UNKNOWN : table;
    }
    if (UTC_CLASSES.contains(simple)) {
      return UTC;
    }
    return offset(node, simple);
  }

  /** A class of one offset: the only duration or number of minutes in what it is made of. */
  private Zone offset(int node, String simple) {
    if (!isFixed(simple)) {
      return UNKNOWN;
    }
    for (int i = 0; i < argumentCount(node); i++) {
      Zone zone = duration(argument(node, i));
      if (zone != null) {
        return zone;
      }
    }
    int state = stateDict(node);
    long pairs = state < 0 ? MemberSpan.EMPTY : meaning.itemSpan(state);
    for (int i = 0; i < MemberSpan.count(pairs); i += 2) {
      Zone zone = duration(meaning.member(MemberSpan.start(pairs) + i + 1));
      if (zone != null) {
        return zone;
      }
    }
    boolean inMinutes = MINUTES.stream().anyMatch(className(node)::startsWith);
    return inMinutes && argumentCount(node) > 0 ? fixed(argument(node, 0), 60 * SECOND) : UNKNOWN;
  }

  private @Nullable Zone duration(int node) {
    if (graph.kind(node) != Kind.CALL
        || !(meaning.wellKnown(node) instanceof WellKnown.TimeDelta delta)) {
      return null;
    }
    long micros = delta.days() * DAY + delta.seconds() * SECOND + delta.microseconds();
    return Math.abs(micros) < DAY ? new Zone.Fixed(micros) : UNKNOWN;
  }

  private Zone fixed(int node, long unit) {
    Zone duration = duration(node);
    if (duration != null) {
      return duration;
    }
    boolean isNumber = graph.kind(node) == Kind.INT && meaning.fitsLong(node);
    long number = isNumber ? meaning.longValue(node) : Long.MAX_VALUE;
    return Math.abs(number) < DAY / unit ? new Zone.Fixed(number * unit) : UNKNOWN;
  }

  private static Zone named(@Nullable String name) {
    if (name == null) {
      return UNKNOWN;
    }
    Integer hours = MISSING.get(name);
    if (hours != null) {
      return new Zone.Rules(ZoneRules.of(ZoneOffset.ofHours(hours)));
    }
    int folder = name.lastIndexOf(FOLDER);
    try {
      String id = folder < 0 ? name : name.substring(folder + FOLDER.length());
      return new Zone.Rules(ZoneRulesProvider.getRules(id, false));
    } catch (DateTimeException e) {
      return UNKNOWN;
    }
  }

  private String className(int node) {
    Kind kind = graph.kind(node);
    if (kind != Kind.OBJECT && kind != Kind.CALL) {
      return "";
    }
    int callable = meaning.callable(node);
    if (graph.kind(callable) != Kind.GLOBAL) {
      return "";
    }
    String name = meaning.globalName(callable);
    // Protocols 0 and 1: the class is the first argument, and not of Python's own types.
    if (name.equals("copyreg._reconstructor")
        && argumentCount(node) > 0
        && graph.kind(argument(node, 0)) == Kind.GLOBAL) {
      return meaning.globalName(argument(node, 0));
    }
    return name;
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private int argumentCount(int node) {
    return MemberSpan.count(meaning.argumentSpan(node));
  }

  private int argument(int node, int index) {
    return meaning.member(MemberSpan.start(meaning.argumentSpan(node)) + index);
  }

  private @Nullable String textArgument(int node) {
    return argumentCount(node) > 0 && meaning.isText(argument(node, 0))
        ? meaning.text(argument(node, 0))
        : null;
  }

  /** The state of an object that was given one, a dict; else -1. */
  private int stateDict(int node) {
    long states = meaning.stateSpan(node);
    if (MemberSpan.count(states) != 1) {
      return -1;
    }
    int state = meaning.member(MemberSpan.start(states));
    return graph.kind(state) == Kind.DICT ? state : -1;
  }

  /** The value of an attribute in an object's state; -1 where there is none. */
  int attribute(int node, String name) {
    int state =
        graph.kind(node) == Kind.OBJECT || graph.kind(node) == Kind.CALL ? stateDict(node) : -1;
    long pairs = state < 0 ? MemberSpan.EMPTY : meaning.itemSpan(state);
    for (int i = 0; i < MemberSpan.count(pairs); i += 2) {
      int key = meaning.member(MemberSpan.start(pairs) + i);
      if (meaning.isText(key) && meaning.text(key).equals(name)) {
        return meaning.member(MemberSpan.start(pairs) + i + 1);
      }
    }
    return -1;
  }

  /** The microseconds of a duration; {@link Zone#NONE} for anything else. */
  long micros(int node) {
    return node >= 0 && duration(node) instanceof Zone.Fixed fixed ? fixed.offset() : Zone.NONE;
  }
}
