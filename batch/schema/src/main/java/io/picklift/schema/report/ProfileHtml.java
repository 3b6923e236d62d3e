package io.picklift.schema.report;

import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ReferenceCount;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.SaveOccurrence;
import io.picklift.schema.profile.SaveStatistics;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.ValueWalk;
import io.picklift.schema.profile.scalar.ScalarProfile;
import io.picklift.schema.text.Html;
import io.picklift.schema.text.PlacePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code profile.html}: what a profile shows, for people; one file that loads nothing else. */
public final class ProfileHtml {
  private static final int MOST_SHAPES = 3;

  private final Profile profile;
  private final StringBuilder out = new StringBuilder();

  private ProfileHtml(Profile profile) {
    this.profile = profile;
  }

  /** The document. */
  public static String write(Profile profile) {
    return new ProfileHtml(profile).document();
  }

  private String document() {
    out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    out.append("<title>Picklift profile</title>\n<style>\n").append(resource("profile.css"));
    out.append("</style></head><body>\n");
    saves();
    classes();
    out.append("<h2>How classes refer to each other</h2>\n<p class=\"hint\">");
    out.append(
        "Thick: by many. Solid: owned, nothing else refers to the object. Dashed: shared."
            + " Point at a class to see what it refers to and what refers to it.</p>\n");
    out.append("<div class=\"scroll\">").append(ClassDiagram.svg(profile)).append("</div>\n");
    out.append("<h2>Attributes</h2>\n");
    if (profile.root().count(ValueKind.OBJECT) < profile.root().count()) {
      attributes("the save itself", new Rows().of("", profile.root(), profile.root().count()));
    }
    for (ClassProfile of : byBytes()) {
      attributes(of.name(), rows(of));
    }
    out.append("<script>\n").append(resource("profile.js")).append("</script>\n</body></html>\n");
    return out.toString();
  }

  private static String resource(String name) {
    try (InputStream in = ProfileHtml.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void saves() {
    SaveStatistics saves = profile.saves();
    out.append("<h1>").append(String.format(Locale.ROOT, "%,d", saves.count()));
    out.append(saves.count() == 1 ? " save" : " saves");
    out.append(saves.isSample() ? ", a sample" : "").append("</h1>\n<dl>");
    fact("in all", Html.bytes(saves.pickles().sum()));
    fact(
        "each",
        Html.bytes(saves.pickles().min())
            + " to "
            + Html.bytes(saves.pickles().max())
            + ", "
            + Html.bytes(Math.round(saves.pickles().mean()))
            + " on average");
    fact("values", String.format(Locale.ROOT, "%,d", saves.values()));
    fact("pickle protocols", counts(saves.protocols(), Object::toString));
    fact("encodings", counts(saves.encodings(), e -> e.isEmpty() ? "none" : e));
    if (!saves.refused().isEmpty()) {
      fact("would be quarantined", counts(saves.refused(), r -> r));
    }
    fact("first and last", seen(saves.seen()));
    out.append("</dl>\n");
    sizes(saves);
  }

  private void fact(String name, String text) {
    out.append("<dt>").append(name).append("</dt><dd>").append(text).append("</dd>");
  }

  private static <K> String counts(Map<K, Long> counts, Function<K, String> name) {
    return counts.entrySet().stream()
        .map(
            e ->
                Html.escape(name.apply(e.getKey()))
                    + " <small>&times;"
                    + String.format(Locale.ROOT, "%,d", e.getValue())
                    + "</small>")
        .collect(Collectors.joining(", "));
  }

  private static String seen(SaveOccurrence seen) {
    return name(seen.first()) + " &ndash; " + name(seen.last());
  }

  private static String name(@Nullable SaveFacts save) {
    if (save == null) {
      return "";
    }
    String mark = save.watermark();
    return Html.escape(mark == null ? save.key() : mark + " (" + save.key() + ")");
  }

  private void sizes(SaveStatistics saves) {
    if (saves.sizes().isEmpty()) {
      return;
    }
    long most = saves.sizes().values().stream().mapToLong(Long::longValue).max().orElse(1);
    out.append("<h2>Sizes</h2>\n<table class=\"plain\"><tbody>\n");
    for (int size = saves.sizes().firstKey(); size <= saves.sizes().lastKey(); size++) {
      long count = saves.sizes().getOrDefault(size, 0L);
      out.append("<tr><td>").append(Html.bytes(1L << size)).append(" to ");
      out.append(Html.bytes(2L << size))
          .append("</td><td class=\"wide\"><span class=\"bar\"><i style=\"width:");
      out.append(String.format(Locale.ROOT, "%.1f", 100.0 * count / most));
      out.append("%\"></i></span></td>").append(Html.number(count)).append("</tr>\n");
    }
    out.append("</tbody></table>\n");
  }

  private List<ClassProfile> byBytes() {
    List<ClassProfile> all = new ArrayList<>(profile.classes().values());
    all.sort(
        Comparator.comparingLong(ClassProfile::bytes).reversed().thenComparing(ClassProfile::name));
    return all;
  }

  private void classes() {
    double bytes = Math.max(1, profile.saves().pickles().sum());
    double saves = Math.max(1, profile.saves().count());
    out.append(
        "<h2>Classes</h2>\n<p class=\"hint\">Click a heading to sort.</p>\n<div class=\"scroll\">");
    head("class", "objects", "in saves", "in a save", "owned", "of all bytes", "first", "last");
    for (ClassProfile of : byBytes()) {
      out.append("<tr><td><a href=\"#").append(anchor(of.name())).append("\">");
      out.append(Html.escape(of.name())).append("</a></td>").append(Html.number(of.objects()));
      out.append(Html.bar(of.seen().saves() / saves));
      out.append(
          String.format(
              Locale.ROOT,
              "<td class=\"n\" data-v=\"%.2f\">%.1f, at most %,d</td>",
              of.inSave().mean(),
              of.inSave().mean(),
              of.inSave().max()));
      out.append(Html.bar((double) of.owned() / Math.max(1, of.objects())));
      out.append(Html.bar(of.bytes() / bytes));
      out.append("<td>").append(name(of.seen().first())).append("</td><td>");
      out.append(name(of.seen().last())).append("</td></tr>\n");
    }
    out.append("</tbody></table></div>\n");
  }

  private void head(String... names) {
    out.append("<table class=\"sortable\"><thead><tr>");
    for (String name : names) {
      out.append("<th><button>").append(name).append("</button></th>");
    }
    out.append("</tr></thead><tbody>\n");
  }

  private static String anchor(String name) {
    return "c-" + name.replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  /** The places of one class, each with its path and how many there could be. */
  private record Row(String path, ValueProfile value, long owners) {}

  /** ProfilePlaces in the order of their paths, without recursion. */
  private static final class Rows {
    private final List<Row> rows = new ArrayList<>();

    List<Row> of(String path, ValueProfile top, long owners) {
      add(path, top, owners);
      return rows;
    }

    void add(String path, ValueProfile top, long owners) {
      List<Row> open = new ArrayList<>();
      open.add(new Row(path, top, owners));
      while (!open.isEmpty()) {
        Row row = open.remove(open.size() - 1);
        rows.add(row);
        ValueProfile value = row.value();
        if (value.isBeyond()) {
          continue;
        }
        for (int i = value.places().size() - 1; i >= 0; i--) {
          open.add(
              new Row(
                  PlacePath.at(row.path(), i),
                  value.places().get(i),
                  value.count(ValueKind.TUPLE)));
        }
        List<String> names = new ArrayList<>(value.memberNames());
        for (int i = names.size() - 1; i >= 0; i--) {
          ValueProfile member = value.members().get(names.get(i));
          if (member != null) {
            String longer = PlacePath.member(row.path(), names.get(i));
            open.add(new Row(longer, member, value.count(ValueKind.DICT)));
          }
        }
        single(open, PlacePath.values(row.path()), value.values());
        single(open, PlacePath.keys(row.path()), value.keys());
        single(open, PlacePath.items(row.path()), value.items());
      }
    }

    private static void single(List<Row> open, String path, @Nullable ValueProfile value) {
      if (value != null) {
        open.add(new Row(path, value, value.count()));
      }
    }
  }

  private static List<Row> rows(ClassProfile of) {
    Rows rows = new Rows();
    for (String name : of.attributeNames()) {
      ValueProfile value = of.attributes().get(name);
      if (value != null) {
        rows.add(name, value, of.objects());
      }
    }
    for (int i = 0; i < of.arguments().size(); i++) {
      rows.add("[" + i + "]", of.arguments().get(i), of.objects());
    }
    if (of.contents().count() > 0) {
      rows.add("{}", of.contents(), of.objects());
    }
    return rows.rows;
  }

  private void attributes(String name, List<Row> rows) {
    out.append("<details open id=\"").append(anchor(name)).append("\"><summary>");
    out.append(Html.escape(name)).append("</summary>\n<div class=\"scroll\">");
    head("attribute", "present", "types", "None", "different", "range", "refers to", "looks like");
    for (Row row : rows) {
      attribute(row);
    }
    out.append("</tbody></table></div></details>\n");
  }

  private void attribute(Row row) {
    ValueProfile value = row.value();
    double count = Math.max(1, value.count());
    out.append("<tr><td><code>").append(Html.escape(row.path().isEmpty() ? "." : row.path()));
    out.append("</code>")
        .append(value.isUnique() ? " <em>unique in a save</em>" : "")
        .append("</td>");
    out.append(Html.bar(value.count() / (double) Math.max(1, row.owners())));
    out.append("<td>").append(types(value)).append("</td>");
    out.append(Html.bar(value.count(ValueKind.NONE) / count));
    ScalarProfile scalars = value.scalars();
    out.append(scalars == null ? "<td></td>" : Html.number(scalars.distinct()));
    out.append("<td>").append(range(value)).append("</td><td>");
    out.append(references(value)).append("</td><td>");
    if (scalars != null) {
      out.append(
          scalars.shapes().stream()
              .limit(MOST_SHAPES)
              .map(shape -> "<code>" + Html.escape(shape) + "</code>")
              .collect(Collectors.joining("<br>")));
    }
    out.append("</td></tr>\n");
  }

  private static String types(ValueProfile value) {
    Map<Long, List<String>> byCount = new TreeMap<>(Comparator.reverseOrder());
    long all = value.count() - value.count(ValueKind.NONE);
    for (ValueKind kind : ValueKind.values()) {
      if (kind != ValueKind.NONE && value.count(kind) > 0) {
        byCount
            .computeIfAbsent(value.count(kind), n -> new ArrayList<>())
            .add(kind.name().toLowerCase(Locale.ROOT));
      }
    }
    List<String> texts = new ArrayList<>();
    byCount.forEach(
        (count, kinds) ->
            kinds.forEach(
                kind ->
                    texts.add(
                        count == all
                            ? kind
                            : kind
                                + " <small>"
                                + Html.percent(count / (double) all)
                                + "</small>")));
    return texts.isEmpty() ? "none" : String.join(", ", texts);
  }

  private static String range(ValueProfile value) {
    List<String> texts = new ArrayList<>();
    ScalarProfile scalars = value.scalars();
    if (scalars != null) {
      if (scalars.hasInts()) {
        texts.add(scalars.intMin() + " to " + scalars.intMax());
      }
      if (scalars.bigInts() > 0) {
        texts.add("up to " + scalars.bigMost().bitLength() + " bits");
      }
      if (scalars.hasFloats()) {
        texts.add(
            String.format(Locale.ROOT, "%.4g to %.4g", scalars.floatMin(), scalars.floatMax()));
      }
      if (!scalars.characters().isEmpty()) {
        texts.add(scalars.characters().min() + " to " + scalars.characters().max() + " characters");
      }
      if (!scalars.byteLengths().isEmpty()) {
        texts.add(scalars.byteLengths().min() + " to " + scalars.byteLengths().max() + " bytes");
      }
      if (!scalars.times().isEmpty()) {
        texts.add(scalars.times().min() + " to " + scalars.times().max());
      }
      if (value.count(ValueKind.INSTANT) > 0) {
        texts.add(zones(value.count(ValueKind.INSTANT), scalars.unfitInstants()));
      }
      BigDecimal least = scalars.decimalMin();
      BigDecimal most = scalars.decimalMax();
      if (least != null && most != null) {
        texts.add(least.toPlainString() + " to " + most.toPlainString());
      }
      if (!scalars.scales().isEmpty()) {
        texts.add(
            scalars.scales().keySet().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "))
                + " decimal places");
      }
    }
    if (!value.sizes().isEmpty()) {
      texts.add(value.sizes().min() + " to " + value.sizes().max() + " members");
    }
    texts.add("<small>" + Html.bytes(ValueWalk.bytes(value)) + "</small>");
    return String.join("<br>", texts);
  }

  private static String zones(long count, long unfit) {
    String text = count + (count == 1 ? " has a zone" : " have zones");
    return unfit == 0 ? text : text + ", of which " + unfit + " cannot be known here";
  }

  private static String references(ValueProfile value) {
    List<String> texts = new ArrayList<>();
    for (Map.Entry<String, ReferenceCount> entry : value.classes().entrySet()) {
      ReferenceCount referred = entry.getValue();
      String simple = entry.getKey().substring(entry.getKey().lastIndexOf('.') + 1);
      String how =
          referred.wrapped() == referred.count()
              ? "as value"
              : referred.owned() == referred.count() ? "owned" : "shared";
      texts.add(
          "<span title=\""
              + Html.escape(entry.getKey())
              + "\">"
              + Html.escape(simple)
              + "</span> <small>"
              + how
              + "</small>");
    }
    return String.join("<br>", texts);
  }
}
