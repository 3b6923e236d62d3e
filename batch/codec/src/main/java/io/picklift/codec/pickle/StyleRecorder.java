package io.picklift.codec.pickle;

import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;

/**
 * Notes while a pickle is decoded what its bytes need beside the values, and whether something
 * comes up that no pickler writes.
 */
final class StyleRecorder {
  private static final int NOTHING = -1;
  private static final int LARGE = 1 << 20;

  private final GraphBuilder graph;

  /** The node that the last opcode made, while it is on top of the stack and nothing was put. */
  private int fresh;

  /** The object that POP took off, and where the opcode after it stands. */
  private int popped;

  private int afterPop;

  private long puts;
  private int putBase;

  /** 0: indexes as text (PUT, GET); 1: binary; -1: none seen yet. */
  private int memoForm;

  /** Whether MEMOIZE was seen (1), another put (0), or none (-1). */
  private int memoize;

  private boolean proto;
  private boolean regular;
  private long[] frames = new long[16];
  private int frameCount;

  StyleRecorder(GraphBuilder graph) {
    this.graph = graph;
  }

  void reset() {
    fresh = NOTHING;
    popped = NOTHING;
    afterPop = NOTHING;
    puts = 0;
    putBase = 0;
    memoForm = NOTHING;
    memoize = NOTHING;
    proto = false;
    regular = true;
    frameCount = 0;
    if (frames.length > LARGE) {
      frames = new long[16];
    }
  }

  /** The most bytes of heap that the frames take when they next grow. */
  long footprint() {
    return 3L * Long.BYTES * frames.length;
  }

  void made(int node) {
    fresh = node;
  }

  /** An opcode that makes no value of its own. */
  void done() {
    fresh = NOTHING;
  }

  /** A get of {@code node} by the opcode at {@code at}. */
  void got(int node, int at) {
    if (at == afterPop && popped != node) {
      graph.discard(popped, node);
    }
    fresh = NOTHING;
  }

  /**
   * {@code POP} of {@code node}; {@code next} is where the next opcode stands, {@code below} the
   * node that is on top of the stack now, or -1.
   */
  void popped(int node, int next, int below) {
    if (node != fresh) {
      return;
    }
    if (below >= 0 && isSetterOf(node, below)) {
      graph.discard(node, below);
    } else if (SaveGraph.isConstructed(graph.op(node))) {
      popped = node;
      afterPop = next;
    }
  }

  /**
   * Whether {@code node} calls something with {@code object} and its state, as save_reduce does.
   */
  private boolean isSetterOf(int node, int object) {
    if (graph.op(node) != Op.REDUCE) {
      return false;
    }
    int arguments = graph.edgeAt(graph.a(node) + 1);
    return graph.op(arguments) == Op.TUPLE2 && graph.edgeAt(graph.a(arguments)) == object;
  }

  void irregular() {
    regular = false;
    fresh = NOTHING;
  }

  void memoize(int node) {
    if (fresh != node || memoize == 0) {
      regular = false;
    }
    memoize = 1;
    puts++;
    graph.markPut(node);
    fresh = NOTHING;
  }

  /**
   * A put of {@code node}.
   *
   * @param form bytes of the index: 1 or 4, 0 for text, -1 for text that no pickler writes
   */
  void put(int node, long index, int form) {
    if (puts == 0 && index <= 1) {
      putBase = (int) index;
    }
    boolean expected = index == putBase + puts && (form == 0 || form == (index < 256 ? 1 : 4));
    if (fresh != node || memoize == 1 || !expected) {
      regular = false;
    }
    memoForm(form == 1 || form == 4 ? 1 : 0);
    memoize = 0;
    puts++;
    graph.markPut(node);
    fresh = NOTHING;
  }

  void getText(boolean canonical) {
    regular &= canonical;
    memoForm(0);
  }

  private void memoForm(int form) {
    if (memoForm >= 0 && memoForm != form) {
      regular = false;
    }
    memoForm = form;
  }

  void readonly(int node) {
    if (fresh != node || graph.isReadonly(node)) {
      regular = false;
    }
    graph.markReadonly(node);
  }

  /** {@code INT} with two characters: no pickler writes another than {@code 00} and {@code 01}. */
  void bool(byte[] source, int at, int value) {
    regular &= source[at] == '0' && source[at + 1] == '0' + value;
  }

  void longText(boolean suffix) {
    regular &= suffix;
  }

  void proto(int at) {
    if (at != 0) {
      regular = false;
    }
    proto = true;
  }

  int frames() {
    return frameCount / 2;
  }

  void frame(long at, long length) {
    if (frameCount == frames.length) {
      frames = Arrays.copyOf(frames, frameCount * 2);
    }
    frames[frameCount] = at - (long) Opcode.FRAME_SIZE * (frameCount / 2);
    frames[frameCount + 1] = length;
    frameCount += 2;
  }

  /**
   * @param end the position after {@code STOP}
   * @param protocol the last {@code PROTO}'s argument
   */
  PickleStyle finish(byte[] pickle, int end, int protocol) {
    int written = proto ? protocol : Math.max(memoForm, 0);
    long body = end - (long) Opcode.FRAME_SIZE * (frameCount / 2);
    if (memoize >= 0 && (memoize == 1) != (written >= 4)) {
      regular = false;
    }
    return new PickleStyle(
        written,
        proto,
        putBase,
        Arrays.copyOf(frames, frameCount),
        body,
        Arrays.copyOfRange(pickle, end, pickle.length),
        regular);
  }
}
