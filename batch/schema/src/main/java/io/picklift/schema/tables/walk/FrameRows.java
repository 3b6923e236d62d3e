package io.picklift.schema.tables.walk;

import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.frames.Frame;
import io.picklift.schema.frames.FrameCells;
import io.picklift.schema.frames.FrameReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which columns of a table of pandas or numpy the paths of a table lead to. */
final class FrameRows {
  /** A column of the table, and where the paths go on from its cells. */
  record Step(PathNode next, FrameCells cells) {}

  private final WalkPlan plan;
  private final FrameReader reader;
  private int node = -1;
  private @Nullable PathNode path;
  private List<Step> steps = List.of();

  FrameRows(WalkPlan plan, Meaning meaning) {
    this.plan = plan;
    reader = new FrameReader(meaning);
  }

  FrameReader reader() {
    return reader;
  }

  /** The steps from each row of a table. Those asked for last are kept. */
  @SuppressWarnings("ReferenceEquality") // a path is one place of a plan
  List<Step> steps(PathNode from, int of) {
    if (of != node || from != path) {
      node = of;
      path = from;
      Frame frame = reader.frame(of);
      steps = frame == null ? List.of() : steps(from, frame);
    }
    return steps;
  }

  private List<Step> steps(PathNode from, Frame frame) {
    List<Step> found = new ArrayList<>();
    for (Frame.Column column : frame.columns()) {
      String label = column.label();
      add(label == null ? null : next(plan, from, label), column, found);
    }
    PathNode index = next(plan, from, Frame.INDEX);
    if (index != null && frame.index().size() == 1) {
      add(index, frame.index().get(0), found);
    } else if (index != null) {
      for (int i = 0; i < index.placeCount(); i++) {
        if (index.place(i) >= 0 && index.place(i) < frame.index().size()) {
          add(index.placeNode(i), frame.index().get(index.place(i)), found);
        }
      }
    }
    return found;
  }

  private static void add(@Nullable PathNode next, Frame.Column column, List<Step> to) {
    FrameCells cells = column.cells();
    boolean isMet = to.stream().anyMatch(step -> step.next() == next);
    // Labels that count the rows say no more than their position.
    boolean isCount = cells instanceof FrameCells.Range range && range.isCount();
    if (next != null && cells != null && !isMet && !isCount) {
      to.add(new Step(next, cells));
    }
  }

  /** Where paths go on from the cells of a column of that label; null where none does. */
  static @Nullable PathNode next(WalkPlan plan, PathNode from, String label) {
    byte[] utf8 = label.getBytes(StandardCharsets.UTF_8);
    int number = plan.name(utf8, 0, utf8.length);
    PathNode named = number < 0 ? null : from.name(number);
    for (int i = 0; named == null && i < from.placeCount(); i++) {
      if (Integer.toString(from.place(i)).equals(label)) {
        named = from.placeNode(i);
      }
    }
    return named;
  }
}
