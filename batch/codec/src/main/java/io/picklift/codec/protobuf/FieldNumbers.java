package io.picklift.codec.protobuf;

import io.picklift.proto.graph.v1.SaveGraph;

/** The field numbers of {@code picklift.graph.v1.SaveGraph}. */
final class FieldNumbers {
  static final int VERSION = SaveGraph.VERSION_FIELD_NUMBER;
  static final int OPS = SaveGraph.OPS_FIELD_NUMBER;
  static final int ROOT = SaveGraph.ROOT_FIELD_NUMBER;
  static final int TEXT = SaveGraph.TEXT_FIELD_NUMBER;
  static final int LENGTHS = SaveGraph.LENGTHS_FIELD_NUMBER;
  static final int INTS = SaveGraph.INTS_FIELD_NUMBER;
  static final int FLOATS = SaveGraph.FLOATS_FIELD_NUMBER;
  static final int COUNTS = SaveGraph.COUNTS_FIELD_NUMBER;
  static final int EDGES = SaveGraph.EDGES_FIELD_NUMBER;
  static final int CHUNKS = SaveGraph.CHUNKS_FIELD_NUMBER;
  static final int DISCARDS = SaveGraph.DISCARDS_FIELD_NUMBER;
  static final int STYLE = SaveGraph.STYLE_FIELD_NUMBER;

  private FieldNumbers() {}
}
