package io.picklift.schema.report;

import io.picklift.schema.drift.DriftReport;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.page.Page;
import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.SaveOccurrence;
import io.picklift.schema.profile.SaveStatistics;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.scalar.ScalarProfile;
import io.picklift.schema.text.Figures;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code profile.html}: the decisions that a mapping asks of its owner, then what the profile
 * shows, for people. One file that loads nothing else.
 */
public final class ProfileHtml {
  private static final int MOST_SHAPES = 3;

  /** Beyond so many of one topic the rest is counted; the mapping itself has all. */
  private static final int MOST_DECISIONS = 100;

  private final Profile profile;
  private final Mapping mapping;
  private final String mappingText;
  private final @Nullable DriftReport drift;
  private final Map<String, Object> values = new HashMap<>();

  private ProfileHtml(
      Profile profile, Mapping mapping, String mappingText, @Nullable DriftReport drift) {
    this.profile = profile;
    this.drift = drift;
    this.mapping = mapping;
    this.mappingText = mappingText;
  }

  /**
   * The document.
   *
   * @param mapping the mapping beside it, the drafted or the edited one
   * @param mappingText its text
   * @param drift since an earlier mapping; null where none was named
   */
  public static String write(
      Profile profile, Mapping mapping, String mappingText, @Nullable DriftReport drift) {
    return new ProfileHtml(profile, mapping, mappingText, drift).document();
  }

  /** The anchor of a class. */
  static String anchor(String className) {
    return "c-" + className.replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  /** The anchor of a line of the mapping. */
  static String lineAnchor(int line) {
    return "m" + line;
  }

  private String document() {
    saves();
    values.put("isCompared", drift != null);
    values.put("drift", drift == null ? List.of() : drift(drift));
    values.put("decisions", decisions());
    values.put("tables", TableDiagram.of(mapping).values());
    values.put("classDiagram", ClassDiagram.of(profile).values());
    values.put("classes", byBytes().stream().map(this::classRow).toList());
    values.put("changes", ChangesOverTime.of(profile).stream().map(ProfileHtml::change).toList());
    values.put("places", places());
    values.put("mapping", lines());
    StringWriter out = new StringWriter();
    Page.of("profile.mustache", "profile.js").write(values, out);
    return out.toString();
  }

  private void saves() {
    SaveStatistics saves = profile.saves();
    values.put(
        "heading",
        Figures.number(saves.count())
            + (saves.count() == 1 ? " save" : " saves")
            + (saves.isSample() ? ", a sample" : ""));
    List<Map<String, Object>> facts = new ArrayList<>();
    facts.add(pair("in all", Figures.bytes(saves.pickles().sum())));
    facts.add(
        pair(
            "each",
            Figures.bytes(saves.pickles().min())
                + " to "
                + Figures.bytes(saves.pickles().max())
                + ", "
                + Figures.bytes(Math.round(saves.pickles().mean()))
                + " on average"));
    facts.add(pair("values", Figures.number(saves.values())));
    facts.add(pair("pickle protocols", counts(saves.protocols(), Object::toString)));
    facts.add(pair("encodings", counts(saves.encodings(), e -> e.isEmpty() ? "none" : e)));
    if (!saves.refused().isEmpty()) {
      facts.add(pair("would be quarantined", counts(saves.refused(), r -> r)));
    }
    SaveOccurrence seen = saves.seen();
    facts.add(pair("first and last", name(seen.first()) + " \u2013 " + name(seen.last())));
    values.put("facts", facts);
    values.put("sizes", sizes(saves));
  }

  private static Map<String, Object> pair(String name, String text) {
    return Map.of("name", name, "text", text);
  }

  private static <K> String counts(Map<K, Long> counts, Function<K, String> name) {
    return counts.entrySet().stream()
        .map(e -> name.apply(e.getKey()) + " \u00d7" + Figures.number(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String name(@Nullable SaveFacts save) {
    if (save == null) {
      return "";
    }
    String mark = save.watermark();
    return mark == null ? save.key() : mark + " (" + save.key() + ")";
  }

  private static List<Map<String, Object>> sizes(SaveStatistics saves) {
    List<Map<String, Object>> rows = new ArrayList<>();
    if (saves.sizes().isEmpty()) {
      return rows;
    }
    long most = saves.sizes().values().stream().mapToLong(Long::longValue).max().orElse(1);
    for (int size = saves.sizes().firstKey(); size <= saves.sizes().lastKey(); size++) {
      long count = saves.sizes().getOrDefault(size, 0L);
      rows.add(
          Map.of(
              "range", Figures.bytes(1L << size) + " to " + Figures.bytes(2L << size),
              "width", width((double) count / most),
              "count", Figures.number(count)));
    }
    return rows;
  }

  private List<Map<String, Object>> decisions() {
    Map<Decision.Topic, List<Decision>> byTopic = new EnumMap<>(Decision.Topic.class);
    for (Decision decision : DecisionList.of(profile, mapping, mappingText)) {
      byTopic.computeIfAbsent(decision.topic(), topic -> new ArrayList<>()).add(decision);
    }
    List<Map<String, Object>> topics = new ArrayList<>();
    byTopic.forEach(
        (topic, all) -> {
          Map<String, Object> values = new LinkedHashMap<>();
          values.put("title", topic.title());
          values.put("advice", topic.advice());
          values.put("count", Figures.number(all.size()));
          values.put("rows", all.stream().limit(MOST_DECISIONS).map(ProfileHtml::row).toList());
          int more = all.size() - MOST_DECISIONS;
          values.put("hasMore", more > 0);
          values.put("more", Figures.number(Math.max(0, more)));
          topics.add(values);
        });
    return topics;
  }

  private static List<Map<String, Object>> drift(DriftReport drift) {
    return drift.findings().stream()
        .map(
            finding ->
                Map.<String, Object>of(
                    "kind", finding.kind().name().toLowerCase(Locale.ROOT),
                    "where", finding.path(),
                    "text", finding.message()))
        .toList();
  }

  private static Map<String, Object> row(Decision decision) {
    return Map.of(
        "where", decision.where(),
        "text", decision.text(),
        "line", decision.line(),
        "href", lineAnchor(decision.line()));
  }

  private static Map<String, Object> change(ChangesOverTime.Change change) {
    return Map.of(
        "name",
        change.name(),
        "what",
        change.isNew() ? "only in the second half" : "only in the first half",
        "saves",
        Figures.number(change.saves()),
        "edge",
        (change.isNew() ? "first in " : "last in ") + name(change.edge()));
  }

  private List<ClassProfile> byBytes() {
    List<ClassProfile> all = new ArrayList<>(profile.classes().values());
    all.sort(
        Comparator.comparingLong(ClassProfile::bytes).reversed().thenComparing(ClassProfile::name));
    return all;
  }

  private Map<String, Object> classRow(ClassProfile of) {
    Map<String, Object> row = new HashMap<>();
    row.put("name", of.name());
    row.put("href", anchor(of.name()));
    row.put("objects", number(of.objects()));
    row.put("inSaves", bar(of.seen().saves() / (double) Math.max(1, profile.saves().count())));
    row.put(
        "inSave",
        Map.of(
            "sort", String.format(Locale.ROOT, "%.2f", of.inSave().mean()),
            "text",
                String.format(
                    Locale.ROOT, "%.1f, at most %,d", of.inSave().mean(), of.inSave().max())));
    row.put("owned", bar((double) of.owned() / Math.max(1, of.objects())));
    row.put("bytes", bar(of.bytes() / (double) Math.max(1, profile.saves().pickles().sum())));
    row.put("first", name(of.seen().first()));
    row.put("last", name(of.seen().last()));
    return row;
  }

  private static Map<String, Object> number(long value) {
    return Map.of("sort", value, "text", Figures.number(value));
  }

  private static Map<String, Object> bar(double share) {
    return Map.of(
        "sort", String.format(Locale.ROOT, "%.4f", share),
        "width", width(share),
        "text", Figures.percent(share));
  }

  private static String width(double share) {
    return String.format(Locale.ROOT, "%.1f", Math.max(0, Math.min(100, share * 100)));
  }

  private List<Map<String, Object>> places() {
    List<Map<String, Object>> all = new ArrayList<>();
    ValueProfile root = profile.root();
    if (root.count(ValueKind.OBJECT) < root.count()) {
      all.add(places("the save itself", PlaceRows.of(root)));
    }
    profile
        .splits()
        .forEach((value, place) -> all.add(places("save " + value, PlaceRows.of(place))));
    for (ClassProfile of : byBytes()) {
      all.add(places(of.name(), PlaceRows.of(of)));
    }
    return all;
  }

  private static Map<String, Object> places(String name, List<PlaceRows.Row> rows) {
    return Map.of(
        "name", name,
        "anchor", anchor(name),
        "rows", rows.stream().map(ProfileHtml::place).toList());
  }

  private static Map<String, Object> place(PlaceRows.Row row) {
    ValueProfile value = row.value();
    ScalarProfile scalars = value.scalars();
    Map<String, Object> values = new HashMap<>();
    values.put("path", row.path().isEmpty() ? "." : row.path());
    values.put("isUnique", value.isUnique());
    values.put("present", bar(value.count() / (double) Math.max(1, row.owners())));
    values.put("types", PlaceText.types(value));
    values.put("none", bar(value.count(ValueKind.NONE) / (double) Math.max(1, value.count())));
    values.put(
        "different", scalars == null ? Map.of("sort", "", "text", "") : number(scalars.distinct()));
    values.put("ranges", PlaceText.ranges(value));
    values.put("references", PlaceText.references(value));
    values.put(
        "shapes",
        scalars == null ? List.of() : scalars.shapes().stream().limit(MOST_SHAPES).toList());
    return values;
  }

  private List<Map<String, Object>> lines() {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (String line : mappingText.lines().toList()) {
      lines.add(Map.of("anchor", lineAnchor(lines.size() + 1), "text", line));
    }
    return lines;
  }
}
