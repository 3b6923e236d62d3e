package io.picklift.app.report.form;

import io.picklift.app.report.TargetFacts;
import io.picklift.app.report.VerdictSentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures about the target's saves as tables with bars. */
final class FactCharts {
  private final TargetFacts facts;

  FactCharts(TargetFacts facts) {
    this.facts = facts;
  }

  List<Map<String, Object>> charts() {
    List<Map<String, Object>> charts = new ArrayList<>();
    Map<String, Long> values = new LinkedHashMap<>();
    values.put("in columns", facts.valuesInColumns());
    values.put("in the residue", facts.values() - facts.valuesInColumns());
    values.put("of these did not fit their column", facts.valuesUnfit());
    chart(charts, "Values", values);
    chart(charts, "Values that did not fit, by column", facts.unfitColumns());
    Map<String, Long> protocols = new LinkedHashMap<>();
    facts.protocols().forEach((protocol, saves) -> protocols.put("protocol " + protocol, saves));
    chart(charts, "Saves by protocol", protocols);
    Map<String, Long> encodings = new LinkedHashMap<>();
    facts
        .encodings()
        .forEach((name, saves) -> encodings.put(name.isEmpty() ? "none" : name, saves));
    chart(charts, "Saves by encoding", encodings);
    Map<String, Long> sizes = new LinkedHashMap<>();
    facts.sizes().forEach((power, saves) -> sizes.put("below " + size(power), saves));
    chart(charts, "Saves by size of the BLOB", sizes);
    chart(charts, "Rows by table", facts.tables());
    chart(charts, "Objects by class", facts.classes());
    return charts;
  }

  /** How many of a column's cells hold something. */
  List<Map<String, Object>> columns() {
    List<Map<String, Object>> bars = new ArrayList<>();
    facts
        .columns()
        .forEach(
            (name, count) -> {
              long rows = rowsOf(name);
              bars.add(
                  bar(
                      name,
                      VerdictSentence.number(count) + " of " + VerdictSentence.number(rows),
                      count,
                      Math.max(1, rows)));
            });
    return bars;
  }

  /**
   * How many rows the table of a column has, which is named {@code table.column}: both names may
   * have dots.
   */
  private long rowsOf(String column) {
    return facts.tables().entrySet().stream()
        .filter(table -> column.startsWith(table.getKey() + "."))
        .max(Comparator.comparingInt(table -> table.getKey().length()))
        .map(Map.Entry::getValue)
        .orElse(0L);
  }

  private static Map<String, Object> bar(String name, String number, long count, long most) {
    return Map.of(
        "name", name,
        "number", number,
        "percent", String.format(Locale.ROOT, "%.1f", 100.0 * count / most));
  }

  private static String size(int power) {
    String[] units = {"bytes", "KiB", "MiB", "GiB"};
    int unit = Math.min(power / 10, units.length - 1);
    return (1L << (power - 10 * unit)) + " " + units[unit];
  }

  private static void chart(
      List<Map<String, Object>> charts, String title, Map<String, Long> counts) {
    if (counts.isEmpty()) {
      return;
    }
    long most = Math.max(1, counts.values().stream().mapToLong(Long::longValue).max().orElse(0));
    List<Map<String, Object>> bars = new ArrayList<>();
    counts.forEach(
        (name, count) -> bars.add(bar(name, VerdictSentence.number(count), count, most)));
    charts.add(Map.of("title", title, "bars", bars));
  }
}
