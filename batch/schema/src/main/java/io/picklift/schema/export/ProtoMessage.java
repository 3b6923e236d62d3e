package io.picklift.schema.export;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A message of a generated {@code .proto}.
 *
 * @param fields those it has now, in the order of its table
 * @param reserved numbers of fields that it had: never used again
 * @param next the number of the next new field
 */
public record ProtoMessage(
    String name, List<ProtoField> fields, SortedSet<Integer> reserved, int next) {
  public ProtoMessage {
    fields = List.copyOf(fields);
    reserved = new TreeSet<>(reserved);
  }
}
