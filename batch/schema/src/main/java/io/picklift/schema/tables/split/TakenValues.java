package io.picklift.schema.tables.split;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.residue.ResidueWriter;
import io.picklift.schema.tables.values.NaturalOps;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which values of a save go into its rows; all others stay in the residue. The first cell that
 * shows a value decides.
 */
final class TakenValues {
  /** For each node: what was decided, and what is taken. */
  static final long BYTES_A_NODE = 2 + ShownPlaces.BYTES_A_NODE;

  private static final byte UNDECIDED = 0;
  private static final byte STAYS = 1;
  private static final byte GOES = 2;

  private final SaveGraph graph;
  private final NodeValueReader values;
  private final ShownPlaces places;

  /** For each node whether the first cell that shows it holds it exactly. */
  private final byte[] decided;

  /** For each node that goes into a row what the residue says of it. */
  private final byte[] taken;

  /** Values that some cell shows, and that the residue has too. */
  private final BitSet shown = new BitSet();

  private final Scalar part = new Scalar();
  private final int[] payloads = new int[NodeValueReader.MOST_PAYLOADS];
  private final byte[] parts = new byte[NodeValueReader.MOST_PAYLOADS];

  TakenValues(Meaning meaning, NodeValueReader values) {
    graph = meaning.graph();
    this.values = values;
    places = new ShownPlaces(meaning);
    decided = new byte[graph.size()];
    taken = new byte[graph.size()];
    Arrays.fill(taken, ResidueWriter.KEPT);
  }

  /**
   * Notes a cell that shows a value.
   *
   * @param place where it stands, as {@code Meaning.member} takes it; negative where it is none
   * @param value what the node is to a column
   * @param exact whether the cell holds it exactly
   */
  void decide(int node, int place, Scalar value, boolean exact) {
    if (exact) {
      places.cell(node, place);
    }
    int count = values.payloads(node, payloads);
    boolean goes = exact && count > 0;
    for (int i = 0; i < count; i++) {
      if (decided[payloads[i]] == GOES && count == 1) {
        return;
      }
      goes &= decided[payloads[i]] != STAYS;
    }
    for (int i = 0; goes && i < count; i++) {
      values.part(node, value, i, payloads[i], part);
      parts[i] =
          part.type == Scalar.Type.OTHER
              ? ResidueWriter.KEPT
              : NaturalOps.taken(graph, payloads[i], part);
      goes = parts[i] != ResidueWriter.KEPT;
    }
    for (int i = 0; i < count; i++) {
      int payload = payloads[i];
      if (goes) {
        taken[payload] = parts[i];
        if (payload != node && decided[payload] != GOES) {
          places.part(node, payload);
        }
        decided[payload] = GOES;
      } else if (decided[payload] == UNDECIDED) {
        decided[payload] = STAYS;
      }
    }
  }

  /**
   * Notes a cell that shows a value as the number that it is, though not exactly as it is written.
   */
  void show(int node) {
    int count = values.payloads(node, payloads);
    for (int i = 0; i < count; i++) {
      shown.set(payloads[i]);
    }
  }

  /** Has nodes stay whatever was decided. */
  void keep(BitSet nodes) {
    for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
      taken[node] = ResidueWriter.KEPT;
    }
  }

  /** Notes that a path leads to a value, or through it. */
  void met(int node, int place) {
    places.met(node, place);
  }

  /**
   * Has those stay that stand in a place of the save that no cell shows.
   *
   * @param walk that is done
   */
  void keepElsewhere(MappingWalk walk) {
    BitSet elsewhere = places.elsewhere(walk);
    elsewhere.stream().filter(node -> !isKept(node)).forEach(shown::set);
    keep(elsewhere);
  }

  boolean isKept(int node) {
    return taken[node] == ResidueWriter.KEPT;
  }

  /** Whether a cell has the value, be it taken or shown. */
  boolean isInColumn(int node) {
    return !isKept(node) || shown.get(node);
  }

  /**
   * How many values are in cells.
   *
   * @param names nodes that count as names alone, also where a cell shows one of them as a value
   */
  int count(BitSet names) {
    int count = 0;
    for (int node = 0; node < taken.length; node++) {
      count += isInColumn(node) && !names.get(node) ? 1 : 0;
    }
    return count;
  }

  /** As {@link ResidueWriter} takes it. */
  byte[] byNode() {
    return taken;
  }
}
