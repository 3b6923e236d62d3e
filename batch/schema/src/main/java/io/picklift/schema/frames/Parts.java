package io.picklift.schema.frames;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;

/** Parts of values by name and place; -1 stands for what is not there. */
final class Parts {
  static final int NONE = -1;

  private final Meaning meaning;
  private final SaveGraph graph;

  Parts(Meaning meaning) {
    this.meaning = meaning;
    graph = meaning.graph();
  }

  /** Whether it is an object or call. */
  boolean isMade(int node) {
    return node >= 0 && (graph.kind(node) == Kind.OBJECT || graph.kind(node) == Kind.CALL);
  }

  boolean isNone(int node) {
    return node < 0 || graph.kind(node) == Kind.NONE;
  }

  boolean isText(int node) {
    return node >= 0 && meaning.isText(node);
  }

  boolean isNumber(int node) {
    return node >= 0 && graph.kind(node) == Kind.INT && meaning.fitsLong(node);
  }

  /** The name of the class of an object, or of what a call calls; empty for anything else. */
  String made(int node) {
    return isMade(node) ? name(meaning.callable(node)) : "";
  }

  /** A name; empty for anything else. */
  String name(int node) {
    return node >= 0 && graph.kind(node) == Kind.GLOBAL ? meaning.globalName(node) : "";
  }

  int argument(int node, int index) {
    return isMade(node) ? member(meaning.argumentSpan(node), index) : NONE;
  }

  /** The only state of an object or call. */
  int state(int node) {
    long states = isMade(node) ? meaning.stateSpan(node) : MemberSpan.EMPTY;
    return MemberSpan.count(states) == 1 ? meaning.member(MemberSpan.start(states)) : NONE;
  }

  boolean isList(int node) {
    return node >= 0 && (graph.kind(node) == Kind.LIST || graph.kind(node) == Kind.TUPLE);
  }

  int size(int list) {
    return isList(list) ? MemberSpan.count(meaning.itemSpan(list)) : 0;
  }

  int item(int list, int index) {
    return isList(list) ? member(meaning.itemSpan(list), index) : NONE;
  }

  private int member(long span, int index) {
    return index < MemberSpan.count(span) ? meaning.member(MemberSpan.start(span) + index) : NONE;
  }

  /** The value of a text key of a dict. */
  int entry(int dict, String key) {
    if (dict < 0 || graph.kind(dict) != Kind.DICT) {
      return NONE;
    }
    long pairs = meaning.itemSpan(dict);
    int start = MemberSpan.start(pairs);
    for (int i = start; i < start + MemberSpan.count(pairs); i += 2) {
      int name = meaning.member(i);
      if (meaning.isText(name) && meaning.text(name).equals(key)) {
        return meaning.member(i + 1);
      }
    }
    return NONE;
  }

  /** The value of the first of some keys that the dict has. */
  int entry(int dict, String key, String other) {
    int found = entry(dict, key);
    return found < 0 ? entry(dict, other) : found;
  }

  /** How many bytes a value has; 0 where it has none. */
  int length(int node) {
    if (node < 0) {
      return 0;
    }
    return switch (graph.kind(node)) {
      case BYTES, BYTEARRAY, PY2_STR ->
          meaning.isSlice(node) ? graph.b(node) : meaning.bytes(node).length;
      default -> 0;
    };
  }

  long number(int node) {
    return meaning.longValue(node);
  }

  String text(int node) {
    return meaning.text(node);
  }
}
