package io.picklift.app.dryrun;

import io.picklift.app.target.PreparedSave;
import io.picklift.app.view.SafeText;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what would become of saves. Safe for several threads. */
final class DryRunTally {
  private static final int MOST_EXAMPLES = 20;

  private final Mapping mapping;
  private final Map<String, Long> tableRows = new LinkedHashMap<>();
  private final Map<String, Long> refused = new TreeMap<>();
  private final Map<String, Long> unfit = new TreeMap<>();
  private final TreeMap<String, String> examples = new TreeMap<>();
  private long added;
  private long replaced;
  private long unchanged;
  private long blobBytes;

  DryRunTally(Mapping mapping) {
    this.mapping = mapping;
    mapping.tables().forEach(table -> tableRows.put(table.name(), 0L));
  }

  synchronized void unchanged(long rows) {
    unchanged += rows;
  }

  /** Counts a save; {@code isKnown} tells whether the target has something of its row. */
  synchronized void add(PreparedSave save, boolean isKnown) {
    PreparedSave.Blob blob = save.blob();
    blobBytes += blob == null ? 0 : blob.bytes();
    if (save.content() instanceof PreparedSave.Quarantined quarantined) {
      refused.merge(quarantined.refusal().reason(), 1L, Long::sum);
      example(save.key().text(), quarantined.refusal().line());
    } else if (save.content() instanceof PreparedSave.Migrated migrated) {
      added += isKnown ? 0 : 1;
      replaced += isKnown ? 1 : 0;
      for (TableMapping table : mapping.tables()) {
        tableRows.merge(
            table.name(), (long) migrated.rows().table(table.number()).size(), Long::sum);
      }
      migrated.unfitColumns().forEach((column, count) -> unfit.merge(column, count, Long::sum));
    }
  }

  private void example(String key, String line) {
    examples.put(key, SafeText.line(key) + ": " + line);
    if (examples.size() > MOST_EXAMPLES) {
      examples.remove(examples.lastKey());
    }
  }

  long added() {
    return added;
  }

  long replaced() {
    return replaced;
  }

  long unchanged() {
    return unchanged;
  }

  long blobBytes() {
    return blobBytes;
  }

  Map<String, Long> refused() {
    return refused;
  }

  List<String> examples() {
    return new ArrayList<>(examples.values());
  }

  Map<String, Long> tableRows() {
    return tableRows;
  }

  Map<String, Long> unfit() {
    return unfit;
  }
}
