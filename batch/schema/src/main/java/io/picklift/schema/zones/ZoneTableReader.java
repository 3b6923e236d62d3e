package io.picklift.schema.zones;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import org.jspecify.annotations.Nullable;

/** Reads the table of offsets in the state of a pickled {@code dateutil.tz.tzfile}. */
final class ZoneTableReader {
  private static final long[] EMPTY = {};

  private final Meaning meaning;
  private final SaveGraph graph;
  private final ZoneReader zones;

  ZoneTableReader(Meaning meaning, ZoneReader zones) {
    this.meaning = meaning;
    this.zones = zones;
    graph = meaning.graph();
  }

  /** Null where the state is not of the layout that is known here. */
  @Nullable TableZone read(int node) {
    long standard = offset(zones.attribute(node, "_ttinfo_std"));
    long before = offset(zones.attribute(node, "_ttinfo_before"));
    long[] changes = numbers(zones.attribute(node, "_trans_list"), false);
    long[] instants = numbers(zones.attribute(node, "_trans_list_utc"), false);
    long[] offsets = numbers(zones.attribute(node, "_trans_idx"), true);
    if (standard == Zone.NONE
        || changes == null
        || offsets == null
        || offsets.length != changes.length) {
      return null;
    }
    boolean hasInstants = instants != null && instants.length == changes.length;
    return new TableZone(
        changes,
        instants != null && hasInstants ? instants : EMPTY,
        offsets,
        before == Zone.NONE ? standard : before,
        standard);
  }

  private long offset(int info) {
    return info < 0 ? Zone.NONE : zones.micros(zones.attribute(info, "delta"));
  }

  /** Whole numbers, or offsets of records; null where there are others. */
  private long @Nullable [] numbers(int node, boolean areOffsets) {
    if (node < 0 || (graph.kind(node) != Kind.LIST && graph.kind(node) != Kind.TUPLE)) {
      return null;
    }
    long items = meaning.itemSpan(node);
    long[] numbers = new long[MemberSpan.count(items)];
    for (int i = 0; i < numbers.length; i++) {
      int member = meaning.member(MemberSpan.start(items) + i);
      if (areOffsets) {
        numbers[i] = offset(member);
      } else if (graph.kind(member) == Kind.INT && meaning.fitsLong(member)) {
        numbers[i] = meaning.longValue(member);
      } else {
        return null;
      }
      if (numbers[i] == Zone.NONE) {
        return null;
      }
    }
    return numbers;
  }
}
