package io.picklift.schema.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Boxes and the arrows between them, laid out in columns by how many arrows a box is away from
 * where the drawing starts. The template draws it as SVG.
 */
final class BoxDiagram {
  private static final int MOST_BOXES = 60;

  /** More boxes on top of each other than a screen shows stand in several columns. */
  private static final int HIGHEST = 16;

  private static final int BOX_WIDTH = 190;
  private static final int BOX_HEIGHT = 40;
  private static final int COLUMN = 290;
  private static final int ROW = 64;
  private static final int MARGIN = 24;
  private static final int LONGEST_LABEL = 24;

  private final String title;
  private final Map<String, Box> boxes = new TreeMap<>();
  private final Map<String, Map<String, Arrow>> arrows = new TreeMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private int width;
  private int height;

  /**
   * A box.
   *
   * @param href where it leads to, an anchor of the page
   * @param under the line below its name
   * @param weight boxes of a column stand in the order of falling weight
   */
  record Box(String label, String title, String href, String under, long weight) {}

  /**
   * An arrow.
   *
   * @param isSolid whether it is not dashed
   * @param weight the thicker the more
   */
  record Arrow(String title, boolean isSolid, long weight) {}

  private record Place(int number, int x, int y) {}

  BoxDiagram(String title) {
    this.title = title;
  }

  void box(String name, Box box) {
    boxes.put(name, box);
  }

  /** Adds an arrow; one from {@code ""} says that the drawing starts there. */
  void arrow(String from, String to, Arrow arrow) {
    arrows.computeIfAbsent(from, n -> new TreeMap<>()).put(to, arrow);
  }

  /** What the template draws. */
  Map<String, Object> values() {
    place();
    List<Map<String, Object>> lines = new ArrayList<>();
    arrows.forEach((from, all) -> all.forEach((to, arrow) -> line(lines, from, to, arrow)));
    List<Map<String, Object>> drawn = new ArrayList<>();
    places.forEach((name, at) -> drawn.add(drawn(boxes.get(name), at)));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("title", title);
    values.put("width", width);
    values.put("height", height);
    values.put("arrows", lines);
    values.put("boxes", drawn);
    int leftOut = boxes.size() - places.size();
    values.put("leftOut", leftOut > 0 ? String.format(Locale.ROOT, "%,d", leftOut) : "");
    values.put("hasLeftOut", leftOut > 0);
    return values;
  }

  private void place() {
    Set<String> seen = new TreeSet<>();
    List<String> column = known(arrows.getOrDefault("", Map.of()).keySet(), seen);
    int x = 0;
    while (!column.isEmpty() && seen.size() < MOST_BOXES) {
      seen.addAll(column);
      column.sort(Comparator.comparingLong(this::weight).reversed().thenComparing(n -> n));
      Set<String> next = new TreeSet<>();
      int y = 0;
      for (String name : column) {
        if (y == HIGHEST) {
          x++;
          y = 0;
        }
        int top = MARGIN + y * ROW + (x % 2) * ROW / 2;
        places.put(name, new Place(places.size(), MARGIN + x * COLUMN, top));
        y++;
        height = Math.max(height, MARGIN * 2 + y * ROW + ROW / 2);
        next.addAll(arrows.getOrDefault(name, Map.of()).keySet());
      }
      column = known(next, seen);
      x++;
    }
    width = MARGIN * 2 + Math.max(1, x) * COLUMN;
  }

  private List<String> known(Set<String> names, Set<String> seen) {
    List<String> known = new ArrayList<>(names);
    known.removeIf(name -> seen.contains(name) || !boxes.containsKey(name));
    return known;
  }

  private long weight(String name) {
    Box box = boxes.get(name);
    return box == null ? 0 : box.weight();
  }

  private void line(List<Map<String, Object>> lines, String from, String to, Arrow arrow) {
    Place start = places.get(from);
    Place end = places.get(to);
    if (start == null || end == null) {
      return;
    }
    double stroke = 1 + Math.log10((double) Math.max(1, arrow.weight())) * 0.6;
    lines.add(
        Map.of(
            "from", start.number(),
            "to", end.number(),
            "path", path(start, end),
            "stroke", String.format(Locale.ROOT, "%.1f", stroke),
            "isSolid", arrow.isSolid(),
            "title", arrow.title()));
  }

  private static String path(Place start, Place end) {
    int y1 = start.y() + BOX_HEIGHT / 2;
    int y2 = end.y() + BOX_HEIGHT / 2;
    if (end.x() > start.x()) {
      int x1 = start.x() + BOX_WIDTH;
      int middle = (x1 + end.x()) / 2;
      return curve(x1, y1, middle, y1, middle, y2, end.x(), y2);
    }
    if (end.x() < start.x()) {
      // Back below the boxes, so that it is not taken for the way there.
      int x2 = end.x() + BOX_WIDTH;
      int low = Math.max(y1, y2) + BOX_HEIGHT;
      return curve(start.x(), y1 + 8, start.x() - 50, low, x2 + 50, low, x2, y2 + 8);
    }
    int side = start.x() + BOX_WIDTH;
    int out = side + 30 + Math.abs(y2 - y1) / 8;
    int shift = y1 == y2 ? 10 : 0;
    return curve(side, y1 - shift, out, y1 - shift * 2, out, y2 + shift * 2, side, y2 + shift);
  }

  private static String curve(int... points) {
    StringBuilder path = new StringBuilder("M");
    for (int i = 0; i < points.length; i++) {
      path.append(i == 2 ? 'C' : i == 0 ? "" : " ").append(points[i]);
    }
    return path.toString();
  }

  private static Map<String, Object> drawn(@Nullable Box box, Place at) {
    if (box == null) {
      throw new IllegalStateException("a place without a box");
    }
    String label = box.label();
    boolean isLong = label.length() > LONGEST_LABEL;
    return Map.of(
        "number", at.number(),
        "href", box.href(),
        "title", box.title(),
        "label", isLong ? label.substring(0, LONGEST_LABEL - 1) + "\u2026" : label,
        "under", box.under(),
        "x", at.x(),
        "y", at.y(),
        "textX", at.x() + 10,
        "labelY", at.y() + 17,
        "underY", at.y() + 33);
  }
}
