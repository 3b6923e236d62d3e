package io.picklift.app.detect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A column that holds pickles.
 *
 * @param isWhole whether all values of the column were looked at
 * @param sampled how many values were looked at
 * @param bytes how many bytes they have
 * @param pickles how many of them are pickles
 * @param json how many are JSON
 * @param stray how many have bytes behind the pickle that are no pickle
 * @param damaged how many are damaged, by reason
 * @param wrappings what is around the pickles: label to count, the most frequent first
 * @param protocols protocol to count
 * @param names classes and functions that the pickles name most
 * @param application which application it looks like; empty for none that is known
 */
public record FoundColumn(
    CandidateColumn column,
    boolean isWhole,
    long sampled,
    long bytes,
    long pickles,
    long json,
    long stray,
    Map<String, Long> damaged,
    Map<String, Long> wrappings,
    Map<Integer, Long> protocols,
    List<String> names,
    String application) {
  public FoundColumn {
    names = List.copyOf(names);
  }

  public String schema() {
    return column.schema();
  }

  /** The table and the column. */
  public String place() {
    return column.table() + "." + column.name();
  }

  public boolean hasKey() {
    return !column.key().isEmpty();
  }

  /** All of it, a line each, for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(column.schema()).append('.').append(place());
    text.append(" (").append(column.type()).append("): pickles");
    text.append(application.isEmpty() ? "" : " of " + application).append('\n');
    long average = sampled == 0 ? 0 : bytes / sampled;
    text.append(
        String.format(
            Locale.ROOT,
            "  %s, %,d bytes a value; %,d of %,d values looked at are pickles%n",
            rows(),
            average,
            pickles,
            sampled));
    text.append("  wrapping: ").append(counted(wrappings)).append('\n');
    text.append("  protocol: ").append(counted(protocols)).append('\n');
    if (!names.isEmpty()) {
      text.append("  names: ").append(String.join(", ", names)).append('\n');
    }
    if (json > 0) {
      text.append("  JSON beside them: ").append(json).append('\n');
    }
    if (stray > 0) {
      text.append("  with extra bytes after the pickle: ").append(stray).append('\n');
    }
    if (!damaged.isEmpty()) {
      text.append("  not to be read: ").append(counted(damaged)).append('\n');
    }
    text.append(
        hasKey()
            ? "  key: " + String.join(", ", column.key())
            : "  no primary or unique key: add one before it can be a source");
    return text.append('\n').toString();
  }

  /** The server's estimate of a table's rows may be of a time when it had none yet. */
  private String rows() {
    return isWhole
        ? String.format(Locale.ROOT, "%,d rows with a value", sampled)
        : String.format(Locale.ROOT, "about %,d rows", Math.max(column.rows(), sampled));
  }

  private static String counted(Map<?, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + (counts.size() > 1 ? " " + entry.getValue() : ""))
        .collect(Collectors.joining(", "));
  }
}
