package io.picklift.codec.pickle;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.MalformedException;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.Records;
import io.picklift.codec.model.SaveGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes all pickles that a value holds, and not the first alone. Whole pickles behind the first
 * one are records; anything else behind it is kept as bytes. A value with one pickle costs nothing
 * more.
 */
public final class RecordDecoder {
  /** What decodes one pickle; what stands behind its {@code STOP} comes back as trailing bytes. */
  @FunctionalInterface
  public interface Engine {
    SaveGraph decode(byte[] pickle) throws CodecException;
  }

  /** The first protocol whose puts do not say their index. */
  private static final int MEMOIZE_SINCE = 4;

  /** A pickle without a protocol is believed behind one with it from so many bytes on. */
  private static final int SHORTEST_OTHER = 16;

  private final Engine engine;
  private final Limits limits;
  private final RecordRule rule;

  public RecordDecoder(Engine engine, Limits limits) {
    this(engine, limits, RecordRule.AUTO);
  }

  public RecordDecoder(Engine engine, Limits limits, RecordRule rule) {
    this.engine = engine;
    this.limits = limits;
    this.rule = rule;
  }

  /**
   * Decodes what was written from a graph in the way in which that was read: what was one pickle is
   * one, whatever the bytes behind it look like.
   */
  static SaveGraph again(byte[] written, SaveGraph graph, Limits limits) throws CodecException {
    RecordRule rule =
        graph.style().records() == Records.SINGLE ? RecordRule.SINGLE : RecordRule.AUTO;
    return new RecordDecoder(new PickleDecoder(limits)::decode, limits, rule).decode(written);
  }

  /** Bytes that stand behind a pickle and mean nothing: NULs, blanks and line ends. */
  public static boolean isPadding(byte[] bytes) {
    return isPadding(bytes, 0);
  }

  /** How many bytes stand behind a graph's pickles that are neither pickles nor padding. */
  public static int strayBytes(SaveGraph graph) {
    byte[] trailing = graph.style().trailing();
    return isPadding(trailing) ? 0 : trailing.length;
  }

  private static boolean isPadding(byte[] bytes, int from) {
    return padded(bytes, from) == bytes.length;
  }

  /** Where padding ends that begins there; where it would begin if there is none. */
  private static int padded(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length
        && (bytes[at] == 0 || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == ' ')) {
      at++;
    }
    return at;
  }

  /** Decodes a value, which the graph keeps a reference to: do not change it afterwards. */
  public SaveGraph decode(byte[] value) throws CodecException {
    SaveGraph graph = graph(value);
    if (rule == RecordRule.ZODB && !graph.style().records().isZodb()) {
      throw new MalformedException(
          ErrorCode.RECORD_FORM,
          "it is no record of ZODB, which is a pickle of a class and one of a state; records: auto"
              + " takes it as it is",
          -1,
          "");
    }
    return graph;
  }

  private SaveGraph graph(byte[] value) throws CodecException {
    SaveGraph first = engine.decode(value);
    if (rule == RecordRule.SINGLE
        || (rule == RecordRule.AUTO && isPadding(first.style().trailing()))) {
      return first;
    }
    PickleScan scan = new PickleScan(value);
    Places places = places(scan, value, first);
    if (!places.isDense()) {
      // No pickler writes padding between its pickles: each has a memo of its own.
      SaveGraph stream = apart(value, places, first);
      return stream == null ? first : stream;
    }
    if (places.ends().length < 2 && rule != RecordRule.STREAM) {
      return first;
    }
    if (places.ends().length == 0) {
      int end = value.length - first.style().trailing().length;
      places = new Places(new int[] {0}, new int[] {end}, false);
    }
    int[] ends = places.ends();
    boolean memoTellsNothing = first.style().protocol() >= MEMOIZE_SINCE;
    if (isZodb(ends, first) && memoTellsNothing) {
      // A get has two readings, and ZODB writes both pickles with one pickler.
      return firstRegular(
          together(value, ends, frames(scan, ends), first), apart(value, places, first), first);
    }
    SaveGraph apart = apart(value, places, first);
    if (apart != null && (apart.style().regular() || places.isMixed())) {
      return apart;
    }
    if (places.isMixed()) {
      return first;
    }
    return firstRegular(together(value, ends, frames(scan, ends), first), apart, first);
  }

  /** The frames of the pickles; the scan went on behind them. */
  private static int[] frames(PickleScan scan, int[] ends) {
    int last = ends[ends.length - 1];
    return Arrays.stream(scan.frames()).filter(at -> at < last).toArray();
  }

  /** The first that its pickler could have written, or else the one that there is. */
  private static SaveGraph firstRegular(
      @Nullable SaveGraph one, @Nullable SaveGraph other, SaveGraph single) {
    if (one != null && (other == null || one.style().regular())) {
      return one;
    }
    return other == null ? single : other;
  }

  /**
   * Where each pickle begins, with padding between them or nothing. What follows and is neither is
   * left out; so is all behind the first pickle where that alone is one.
   */
  private static Places places(PickleScan scan, byte[] value, SaveGraph first) {
    int[] starts = new int[16];
    int[] ends = new int[16];
    int count = 0;
    int at = 0;
    boolean isMixed = false;
    while (count == 0 || !isPadding(value, at)) {
      int start = count == 0 ? at : padded(value, at);
      boolean hasProto = (value[start] & 0xff) == Opcode.PROTO;
      boolean isOther = hasProto != first.style().proto();
      int end = scan.end(start);
      // Some words are pickles without a protocol.
      boolean isWord = isOther && !hasProto && end - start < SHORTEST_OTHER;
      if (end == PickleScan.NO_END || isWord) {
        break;
      }
      isMixed |= isOther;
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
        ends = Arrays.copyOf(ends, count * 2);
      }
      starts[count] = start;
      ends[count++] = end;
      at = end;
    }
    return count < 2 || !(isPadding(value, at) || isMarked(value, starts, count))
        ? new Places(new int[0], new int[0], false)
        : new Places(Arrays.copyOf(starts, count), Arrays.copyOf(ends, count), isMixed);
  }

  /** Whether all pickles say their protocol, and so are no chance whatever follows them. */
  private static boolean isMarked(byte[] value, int[] starts, int count) {
    for (int i = 0; i < count; i++) {
      if ((value[starts[i]] & 0xff) != Opcode.PROTO) {
        return false;
      }
    }
    return true;
  }

  /**
   * Where pickles begin and end.
   *
   * @param isMixed whether some say their protocol and others do not
   */
  private record Places(int[] starts, int[] ends, boolean isMixed) {
    /** Whether each pickle begins where the one before ends. */
    boolean isDense() {
      for (int i = 1; i < starts.length; i++) {
        if (starts[i] > ends[i - 1]) {
          return false;
        }
      }
      return true;
    }
  }

  /** Each pickle for itself; null where one cannot be decoded so. */
  private @Nullable SaveGraph apart(byte[] value, Places places, SaveGraph first)
      throws CodecException {
    int[] ends = places.ends();
    List<SaveGraph> graphs = new ArrayList<>();
    graphs.add(first);
    Memory memory = Memory.beside(2 * first.footprint(), limits);
    for (int i = 1; i < ends.length; i++) {
      SaveGraph graph;
      try {
        graph = engine.decode(Arrays.copyOfRange(value, places.starts()[i], ends[i]));
      } catch (MalformedException e) {
        // A get of what the pickle before has put, or no pickle at all: the caller tries on.
        return null;
      }
      memory.take(2 * graph.footprint());
      graphs.add(graph);
    }
    RecordMerge merge = new RecordMerge(value);
    int[] roots = new int[ends.length];
    for (int i = 0; i < ends.length; i++) {
      int from = places.starts()[i];
      roots[i] = graphs.get(i).root() + merge.add(graphs.get(i), at -> at + from, false);
    }
    boolean isDense = places.isDense();
    Records records = isDense ? records(ends, first, false) : Records.STREAM;
    PickleStyle style = style(graphs, trailing(value, ends), records, isDense);
    return records.isZodb() ? merge.object(roots[0], roots[1], style) : merge.stream(roots, style);
  }

  private boolean isZodb(int[] ends, SaveGraph first) {
    return records(ends, first, false).isZodb();
  }

  /** What the value is by what its first pickle says. */
  private Records records(int[] ends, SaveGraph first, boolean isOfOneMemo) {
    if (rule != RecordRule.STREAM && ends.length == 2) {
      if (first.kind(first.root()) == Kind.GLOBAL) {
        return isOfOneMemo ? Records.ZODB_OF_ONE_MEMO : Records.ZODB;
      }
      if (Records.isClassTuple(first, first.root())) {
        return isOfOneMemo ? Records.ZODB_WITH_ARGUMENTS_OF_ONE_MEMO : Records.ZODB_WITH_ARGUMENTS;
      }
    }
    return isOfOneMemo ? Records.STREAM_OF_ONE_MEMO : Records.STREAM;
  }

  private static byte[] trailing(byte[] value, int[] ends) {
    return Arrays.copyOfRange(value, ends[ends.length - 1], value.length);
  }

  /** What holds for each of the pickles; irregular where they differ. */
  private static PickleStyle style(
      List<SaveGraph> graphs, byte[] trailing, Records records, boolean isDense) {
    PickleStyle first = graphs.get(0).style();
    boolean regular = isDense;
    long body = 0;
    int count = 0;
    for (SaveGraph graph : graphs) {
      count += graph.style().frames().length;
    }
    long[] frames = new long[count];
    int at = 0;
    for (SaveGraph graph : graphs) {
      PickleStyle style = graph.style();
      regular &=
          style.regular()
              && style.protocol() == first.protocol()
              && style.proto() == first.proto()
              && style.putBase() == first.putBase();
      for (int i = 0; i < style.frames().length; i += 2) {
        frames[at++] = style.frames()[i] + body;
        frames[at++] = style.frames()[i + 1];
      }
      body += style.bodyLength();
    }
    return new PickleStyle(
        first.protocol(), first.proto(), first.putBase(), frames, body, trailing, regular, records);
  }

  /** All pickles as one whose memo goes on from one to the next; null where that is none. */
  private @Nullable SaveGraph together(byte[] value, int[] ends, int[] frames, SaveGraph first)
      throws CodecException {
    JoinedPickles joined = new JoinedPickles(value, ends, frames, first.style().proto());
    SaveGraph graph;
    try {
      graph = engine.decode(joined.pickle());
    } catch (MalformedException e) {
      return null;
    }
    Memory.beside(2 * graph.footprint() + value.length, limits);
    Records records = records(ends, first, true);
    int[] roots = Records.STREAM.roots(graph);
    if (roots.length != ends.length) {
      return null;
    }
    RecordMerge merge = new RecordMerge(value);
    merge.add(graph, joined::inValue, true);
    PickleStyle as = graph.style();
    PickleStyle style =
        new PickleStyle(
            as.protocol(),
            as.proto(),
            as.putBase(),
            joined.frames(),
            joined.bodyLength(),
            trailing(value, ends),
            as.regular(),
            records);
    return records.isZodb() ? merge.object(roots[0], roots[1], style) : merge.stream(roots, style);
  }
}
