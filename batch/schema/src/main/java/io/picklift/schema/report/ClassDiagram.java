package io.picklift.schema.report;

import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ReferenceCount;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.ValueWalk;
import io.picklift.schema.text.Html;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A drawing of how classes refer to each other, as SVG: the saves' own values left, what they lead
 * to right of them.
 */
final class ClassDiagram {
  private static final int MOST = 60;

  /** More boxes on top of each other than a screen shows stand in several columns. */
  private static final int HIGHEST = 16;

  private static final int BOX_WIDTH = 190;
  private static final int BOX_HEIGHT = 40;
  private static final int COLUMN = 290;
  private static final int ROW = 64;
  private static final int MARGIN = 24;

  private final Profile profile;
  private final Map<String, Map<String, Link>> links = new TreeMap<>();
  private final Map<String, int[]> places = new LinkedHashMap<>();
  private int width;
  private int height;

  private static final class Link {
    long count;
    long owned;
  }

  private ClassDiagram(Profile profile) {
    this.profile = profile;
    link("", profile.root());
    for (ClassProfile of : profile.classes().values()) {
      link(of.name(), of.body());
      link(of.name(), of.contents());
    }
    place();
  }

  static String svg(Profile profile) {
    return new ClassDiagram(profile).draw();
  }

  private void link(String from, ValueProfile top) {
    ValueWalk.each(
        top,
        place -> {
          for (Map.Entry<String, ReferenceCount> to : place.classes().entrySet()) {
            long count = to.getValue().count() - to.getValue().wrapped();
            if (count > 0 && profile.classes().containsKey(to.getKey())) {
              Link link =
                  links
                      .computeIfAbsent(from, n -> new TreeMap<>())
                      .computeIfAbsent(to.getKey(), n -> new Link());
              link.count += count;
              link.owned += to.getValue().owned();
            }
          }
        });
  }

  /** Columns by how many steps a class is away from the save; the most numerous first. */
  private void place() {
    Set<String> seen = new TreeSet<>();
    List<String> column = new ArrayList<>(links.getOrDefault("", Map.of()).keySet());
    int x = 0;
    while (!column.isEmpty() && seen.size() < MOST) {
      seen.addAll(column);
      column.sort(Comparator.comparingLong(this::objects).reversed().thenComparing(n -> n));
      Set<String> next = new TreeSet<>();
      int y = 0;
      for (String name : column) {
        if (y == HIGHEST) {
          x++;
          y = 0;
        }
        places.put(name, new int[] {MARGIN + x * COLUMN, MARGIN + y * ROW + (x % 2) * ROW / 2});
        y++;
        height = Math.max(height, MARGIN * 2 + y * ROW + ROW / 2);
        next.addAll(links.getOrDefault(name, Map.of()).keySet());
      }
      next.removeAll(seen);
      column = new ArrayList<>(next);
      x++;
    }
    width = MARGIN * 2 + Math.max(1, x) * COLUMN;
  }

  private long objects(String name) {
    ClassProfile of = profile.classes().get(name);
    return of == null ? 0 : of.objects();
  }

  private String draw() {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"group\" aria-label=\"How classes refer to each other\">\n",
            width,
            height,
            width));
    out.append(
        "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\""
            + " markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>\n");
    links.forEach((from, all) -> all.forEach((to, link) -> edge(out, from, to, link)));
    places.forEach((name, at) -> box(out, name, at));
    out.append("</svg>\n");
    int leftOut = profile.classes().size() - places.size();
    if (leftOut > 0) {
      out.append(
          String.format(
              Locale.ROOT, "<p class=\"hint\">%,d more classes are left out.</p>\n", leftOut));
    }
    return out.toString();
  }

  private void edge(StringBuilder out, String from, String to, Link link) {
    int[] start = places.get(from);
    int[] end = places.get(to);
    if (start == null || end == null) {
      return;
    }
    int y1 = start[1] + BOX_HEIGHT / 2;
    int y2 = end[1] + BOX_HEIGHT / 2;
    String path;
    if (end[0] > start[0]) {
      int x1 = start[0] + BOX_WIDTH;
      int middle = (x1 + end[0]) / 2;
      path =
          "M" + x1 + " " + y1 + "C" + middle + " " + y1 + " " + middle + " " + y2 + " " + end[0]
              + " " + y2;
    } else if (end[0] < start[0]) {
      // Back below the boxes, so that it is not taken for the way there.
      int x2 = end[0] + BOX_WIDTH;
      int low = Math.max(y1, y2) + BOX_HEIGHT;
      path =
          "M"
              + start[0]
              + " "
              + (y1 + 8)
              + "C"
              + (start[0] - 50)
              + " "
              + low
              + " "
              + (x2 + 50)
              + " "
              + low
              + " "
              + x2
              + " "
              + (y2 + 8);
    } else {
      int side = start[0] + BOX_WIDTH;
      int out1 = side + 30 + Math.abs(y2 - y1) / 8;
      int shift = y1 == y2 ? 10 : 0;
      path =
          "M"
              + side
              + " "
              + (y1 - shift)
              + "C"
              + out1
              + " "
              + (y1 - shift * 2)
              + " "
              + out1
              + " "
              + (y2 + shift * 2)
              + " "
              + side
              + " "
              + (y2 + shift);
    }
    double stroke = 1 + Math.log10((double) Math.max(1, link.count)) * 0.6;
    out.append(
        String.format(
            Locale.ROOT,
            "<path class=\"e%s\" data-from=\"%d\" data-to=\"%d\" d=\"%s\" stroke-width=\"%.1f\" marker-end=\"url(#tip)\"><title>%s to %s: %,d, %s</title></path>\n",
            link.owned == link.count ? " owned" : "",
            number(from),
            number(to),
            path,
            stroke,
            Html.escape(simple(from)),
            Html.escape(simple(to)),
            link.count,
            link.owned == link.count ? "owned" : "shared"));
  }

  private void box(StringBuilder out, String name, int[] at) {
    String label = simple(name);
    out.append(
        String.format(
            Locale.ROOT,
            "<a href=\"#c-%s\" data-class=\"%d\"><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>"
                + "<text x=\"%d\" y=\"%d\">%s</text><text class=\"s\" x=\"%d\" y=\"%d\">%,d objects</text></a>\n",
            Html.escape(name),
            number(name),
            Html.escape(name),
            at[0],
            at[1],
            BOX_WIDTH,
            BOX_HEIGHT,
            at[0] + 10,
            at[1] + 17,
            Html.escape(label.length() > 24 ? label.substring(0, 23) + "\u2026" : label),
            at[0] + 10,
            at[1] + 33,
            objects(name)));
  }

  /** By which a page tells which lines are of which box. */
  private int number(String name) {
    return new ArrayList<>(places.keySet()).indexOf(name);
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
