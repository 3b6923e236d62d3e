package io.picklift.bench.chaos;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares a target with what an undisturbed run makes of the same source. */
final class Comparison {
  private static final int MOST = 5;

  private final ChaosServer server;
  private final String sourceSchema;
  private final String target;
  private final SourceTable source;

  Comparison(ChaosServer server, String sourceSchema, String target, SourceTable source) {
    this.server = server;
    this.sourceSchema = sourceSchema;
    this.target = target;
    this.source = source;
  }

  /** What differs, the first few. */
  List<String> of(Reference.Made reference) throws SQLException {
    Content content = new Content(server, target);
    List<String> differences = new ArrayList<>();
    Map<String, String> hashes = source.hashes();
    Map<String, String> there = content.byKey();
    TreeSet<String> keys = new TreeSet<>(hashes.keySet());
    keys.addAll(there.keySet());
    for (String key : keys) {
      String hash = hashes.get(key);
      String wanted =
          hash == null ? "nothing" : reference.byBlob().getOrDefault(hash, "no reference");
      String found = there.getOrDefault(key, "nothing");
      if (!wanted.equals(found) && differences.size() < MOST) {
        differences.add(key + ": wanted " + wanted + ", found " + found);
      }
    }
    if (!content.indexes().equals(reference.indexes())) {
      differences.add("indexes: wanted " + reference.indexes() + ", found " + content.indexes());
    }
    content.orphans().forEach(row -> differences.add("belongs to no save: " + row));
    differences.addAll(Totals.wrong(server, sourceSchema, target));
    return differences;
  }
}
