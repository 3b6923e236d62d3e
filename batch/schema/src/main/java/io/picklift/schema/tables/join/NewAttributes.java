package io.picklift.schema.tables.join;

import io.picklift.schema.edits.NewValue;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.tables.edit.GraphEditor;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.PathNode;
import io.picklift.schema.tables.walk.WalkPlan;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Attributes of new objects that no column shows, as the mapping's {@code new} gives them. */
final class NewAttributes {
  private final GraphEditor editor;
  private final Map<PathNode, Map<String, NewValue>> values = new HashMap<>();
  private final Scalar value = new Scalar();

  NewAttributes(WalkPlan plan, GraphEditor editor) {
    this.editor = editor;
    for (TableMapping table : plan.mapping.tables()) {
      plan.mapping
          .edits()
          .table(table.name())
          .values()
          .forEach((path, of) -> add(plan, table, ValuePath.parse(path).steps(), of));
    }
  }

  private void add(WalkPlan plan, TableMapping table, List<ValuePath.Step> path, NewValue of) {
    PathNode at = plan.paths[table.number()];
    for (int i = 0; i < path.size() && at != null; i++) {
      String name = path.get(i) instanceof ValuePath.Name step ? step.name() : "";
      if (i == path.size() - 1) {
        values.computeIfAbsent(at, k -> new LinkedHashMap<>()).put(name, of);
      } else {
        at = plan.named(at).get(name);
      }
    }
  }

  /** The attributes of what stands in a place. */
  Collection<String> names(PathNode path) {
    return values.getOrDefault(path, Map.of()).keySet();
  }

  boolean has(PathNode path, String name) {
    return names(path).contains(name);
  }

  /** A value of its own for one attribute. */
  int value(PathNode path, String name) {
    NewValue of = values.getOrDefault(path, Map.of()).get(name);
    if (of == null) {
      throw new IllegalArgumentException(name);
    }
    return made(of);
  }

  private int made(NewValue of) {
    if (of instanceof NewValue.ListOf list) {
      return editor.list(list.members().stream().mapToInt(this::made).toArray());
    }
    if (of instanceof NewValue.DictOf dict) {
      int[] pairs = new int[2 * dict.members().size()];
      int at = 0;
      for (Map.Entry<String, NewValue> entry : dict.members().entrySet()) {
        pairs[at++] = editor.name(entry.getKey());
        pairs[at++] = made(entry.getValue());
      }
      return editor.dict(pairs);
    }
    if (of instanceof NewValue.Text text) {
      value.bytes(Scalar.Type.TEXT, text.value().getBytes(StandardCharsets.UTF_8));
    } else if (of instanceof NewValue.Bool bool) {
      value.number(Scalar.Type.BOOL, bool.value() ? 1 : 0);
    } else if (of instanceof NewValue.Int number) {
      value.big(number.value());
    } else if (of instanceof NewValue.Real number) {
      value.real(number.value());
    } else {
      value.none();
    }
    return editor.value(value);
  }
}
