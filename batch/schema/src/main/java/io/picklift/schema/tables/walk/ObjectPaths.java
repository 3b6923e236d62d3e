package io.picklift.schema.tables.walk;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.mapping.ValuePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a row's object is in the save, as a path from the save's value: {@code r[17].person}. Made
 * only for messages.
 */
public final class ObjectPaths {
  private static final int LONGEST_NAME = 80;

  private final WalkPlan plan;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final MappingWalk walk;

  /** For each node reached the one it was reached from, and by which step. */
  private int @Nullable [] parents;

  private ValuePath.@Nullable Step[] steps = new ValuePath.Step[0];

  public ObjectPaths(WalkPlan plan, Meaning meaning, MappingWalk walk) {
    this.plan = plan;
    this.meaning = meaning;
    graph = meaning.graph();
    this.walk = walk;
  }

  /** The path of a cell's value. */
  public String cell(int table, int ordinal, int column) {
    StringBuilder path = new StringBuilder(row(table, ordinal));
    ColumnMapping mapped = plan.mapping.tables().get(table).stored().get(column).mapping();
    if (mapped != null) {
      mapped.path().inSave().forEach(step -> append(path, step));
    }
    return path.isEmpty() ? "." : path.toString();
  }

  /** The path of a row's object. */
  public String row(int table, int ordinal) {
    Deque<String> parts = new ArrayDeque<>();
    int at = table;
    int row = ordinal;
    while (true) {
      TableMapping mapped = plan.mapping.tables().get(at);
      if (!(mapped.source() instanceof RowSource.Each each) || row >= walk.rows(at).size()) {
        break;
      }
      RowNodes rows = walk.rows(at);
      StringBuilder part = new StringBuilder();
      part.append('\n');
      each.path().inSave().forEach(step -> append(part, step));
      append(part, step(rows.keys.get(row), rows.positions.get(row)));
      parts.push(part.substring(1));
      TableMapping owner = plan.mapping.table(each.ownerTable());
      if (owner == null) {
        break;
      }
      row = rows.owners.get(row);
      at = owner.number();
    }
    StringBuilder path = new StringBuilder();
    if (row < walk.rows(at).size()) {
      path.append(node(walk.rows(at).nodes.get(row)));
    }
    for (String part : parts) {
      path.append(path.isEmpty() && part.startsWith(".") ? part.substring(1) : part);
    }
    return path.toString();
  }

  private ValuePath.Step step(int key, int position) {
    if (key >= 0 && meaning.isText(key)) {
      return new ValuePath.Name(shortened(meaning.text(key)));
    }
    if (key >= 0
        && graph.kind(key) == Kind.INT
        && meaning.fitsLong(key)
        && meaning.longValue(key) == (int) meaning.longValue(key)) {
      return new ValuePath.Place((int) meaning.longValue(key));
    }
    return new ValuePath.Place(position);
  }

  private static String shortened(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name;
  }

  private static void append(StringBuilder path, ValuePath.Step step) {
    ValuePath.append(path, step);
  }

  /** The path of the container whose members are rows of a table, under one owner's row. */
  public String container(TableMapping members, int owner) {
    if (!(members.source() instanceof RowSource.Each each)) {
      return "";
    }
    TableMapping of = plan.mapping.table(each.ownerTable());
    StringBuilder path = new StringBuilder(of == null ? "" : row(of.number(), owner));
    each.path().inSave().forEach(step -> append(path, step));
    return path.isEmpty() ? "." : path.toString();
  }

  /** A shortest path to a value. */
  public String value(int node) {
    return node(node);
  }

  private String node(int node) {
    int[] from = parents;
    if (from == null) {
      from = search();
    }
    List<ValuePath.Step> path = new ArrayList<>();
    int at = node;
    while (at >= 0 && at != graph.root()) {
      ValuePath.Step step = steps[at];
      if (step == null) {
        break;
      }
      path.add(0, step);
      at = from[at];
    }
    StringBuilder text = new StringBuilder();
    path.forEach(step -> append(text, step));
    return text.toString();
  }

  /** Finds a shortest path to every value. */
  private int[] search() {
    int[] from = new int[graph.size()];
    Arrays.fill(from, -1);
    steps = new ValuePath.Step[graph.size()];
    ArrayDeque<Integer> open = new ArrayDeque<>();
    open.add(graph.root());
    while (!open.isEmpty()) {
      int node = open.remove();
      switch (graph.kind(node)) {
        case LIST, TUPLE, SET, FROZENSET -> items(node, meaning.itemSpan(node), from, open);
        case DICT -> pairs(node, meaning.itemSpan(node), from, open);
        case OBJECT, CALL -> made(node, from, open);
        default -> {}
      }
    }
    parents = from;
    return from;
  }

  private void made(int node, int[] from, ArrayDeque<Integer> open) {
    if (meaning.references(node) == 0) {
      return;
    }
    WellKnown known = meaning.wellKnown(node);
    if (known instanceof WellKnown.Container container) {
      if (container.isKeyed()) {
        pairs(node, container.members(), from, open);
      } else {
        items(node, container.members(), from, open);
      }
    } else {
      int[] attributes = meaning.inlineAttributes(node);
      if (attributes == null) {
        states(node, meaning.stateSpan(node), from, open);
      } else {
        for (int i = 0; i < attributes.length; i += 2) {
          reach(attributes[i + 1], node, step(attributes[i], 0), from, open);
        }
      }
      items(node, meaning.argumentSpan(node), from, open);
      items(node, meaning.appendedSpan(node), from, open);
      pairs(node, meaning.entrySpan(node), from, open);
    }
  }

  private void states(int node, long span, int[] from, ArrayDeque<Integer> open) {
    if (MemberSpan.count(span) == 1) {
      ValuePath.Step step = new ValuePath.Name(Attributes.STATE_NAME);
      reach(meaning.member(MemberSpan.start(span)), node, step, from, open);
    } else {
      items(node, span, from, open);
    }
  }

  private void items(int node, long span, int[] from, ArrayDeque<Integer> open) {
    for (int i = 0; i < MemberSpan.count(span); i++) {
      int member = meaning.member(MemberSpan.start(span) + i);
      reach(member, node, new ValuePath.Place(i), from, open);
    }
  }

  private void pairs(int node, long span, int[] from, ArrayDeque<Integer> open) {
    int start = MemberSpan.start(span);
    for (int i = 0; i < MemberSpan.count(span); i += 2) {
      int key = meaning.member(start + i);
      reach(meaning.member(start + i + 1), node, step(key, i / 2), from, open);
    }
  }

  private void reach(
      int node, int parent, ValuePath.Step step, int[] from, ArrayDeque<Integer> open) {
    if (node != graph.root() && steps[node] == null) {
      steps[node] = step;
      from[node] = parent;
      open.add(node);
    }
  }
}
