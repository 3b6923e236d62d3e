package io.picklift.codec.pickle;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.Records;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;

/**
 * The memo of a pickle that is being written: which nodes have a number in it, and the opcodes that
 * put and get them.
 */
final class MemoWriter {
  /** The index of a node that was not written yet. */
  static final int UNWRITTEN = -1;

  /**
   * The index of a node that was written and never put: when it is met again, no opcode can say
   * that it is the same.
   */
  static final int WRITTEN = -2;

  private static final int SHORT_ARGUMENT = 256;

  private final SaveGraph graph;
  private final int protocol;

  /** By node: its index + 1, so that an array that was just made says {@link #UNWRITTEN}. */
  private final int[] indexes;

  /** Whether there are several pickles, each with a memo of its own. */
  private final boolean isSeveral;

  /** The nodes that the pickle at hand wrote, where there are several pickles. */
  private int[] written = new int[0];

  private int writtenCount;
  private int puts;
  private PickleOutput out;

  MemoWriter(SaveGraph graph, PickleOutput out) {
    this.graph = graph;
    this.out = out;
    protocol = graph.style().protocol();
    Records records = graph.style().records();
    isSeveral = records == Records.STREAM || records == Records.ZODB;
    indexes = new int[graph.size()];
  }

  /** Starts anew: nothing is written yet, and opcodes go to {@code output}. */
  void reset(PickleOutput output) {
    out = output;
    Arrays.fill(indexes, 0);
    writtenCount = 0;
    puts = graph.style().putBase();
  }

  /** The next pickle has a memo of its own. */
  void forget() {
    for (int i = 0; i < writtenCount; i++) {
      indexes[written[i]] = 0;
    }
    writtenCount = 0;
    puts = graph.style().putBase();
  }

  /** The node's number in the memo, {@link #UNWRITTEN} or {@link #WRITTEN}. */
  int index(int node) {
    return indexes[node] - 1;
  }

  /** Says that the node was written just now, and puts it into the memo where the graph says so. */
  void put(int node) throws LimitException {
    if (graph.isReadonly(node)) {
      out.opcode(Opcode.READONLY_BUFFER);
    }
    note(node);
    if (!graph.isPut(node)) {
      indexes[node] = WRITTEN + 1;
      return;
    }
    int index = puts++;
    indexes[node] = index + 1;
    if (protocol >= 4) {
      out.opcode(Opcode.MEMOIZE);
    } else if (protocol == 0) {
      out.opcodeText(Opcode.PUT, index);
    } else if (index < SHORT_ARGUMENT) {
      out.opcode1(Opcode.BINPUT, index);
    } else {
      out.opcode4(Opcode.LONG_BINPUT, index);
    }
  }

  void get(int index) throws LimitException {
    if (protocol == 0) {
      out.opcodeText(Opcode.GET, index);
    } else if (index < SHORT_ARGUMENT) {
      out.opcode1(Opcode.BINGET, index);
    } else {
      out.opcode4(Opcode.LONG_BINGET, index);
    }
  }

  private void note(int node) {
    if (isSeveral) {
      if (writtenCount == written.length) {
        written = Arrays.copyOf(written, Math.max(64, writtenCount * 2));
      }
      written[writtenCount++] = node;
    }
  }
}
