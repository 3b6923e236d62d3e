package io.picklift.schema.tables.template;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of enums that saves have had. What makes an enum's member of another value ends
 * Python's reader.
 *
 * @param values by the name of each class the values of its members, as columns show them, as text
 * @param places by the name of each class the columns that are known to show its members, each as
 *     table and column with a dot between
 */
public record KnownMembers(Map<String, Set<String>> values, Map<String, Set<String>> places) {
  /** No class is known to be an enum. */
  public static final KnownMembers NONE = new KnownMembers(Map.of(), Map.of());

  public KnownMembers {
    values = Map.copyOf(values);
    places = Map.copyOf(places);
  }

  /**
   * A value that its class is not known to have.
   *
   * @param path where it is in the save
   * @param column that shows it, with its table
   */
  public record Unknown(String path, String column, String className, String value) {}

  /** The first value that its class is not known to have; null where there is none. */
  public @Nullable Unknown first(Mapping mapping, Meaning meaning) throws LimitException {
    if (values.isEmpty()) {
      return null;
    }
    WalkPlan plan = WalkPlan.of(mapping);
    MappingWalk walk =
        new MappingWalk(plan, meaning, plan.rootTable((String) null), ValueNotes.collecting());
    NodeValueReader reader = new NodeValueReader(meaning, ValueNotes.collecting());
    List<int[]> found = new ArrayList<>();
    List<String[]> what = new ArrayList<>();
    Scalar value = new Scalar();
    walk.run(
        (table, ordinal, node, nodes) -> {
          List<StoredColumn> stored = plan.mapping.tables().get(table).stored();
          for (int i = 0; found.isEmpty() && i < stored.size(); i++) {
            boolean isOne =
                CallCells.isValue(stored.get(i)) && CallCells.isCall(meaning, reader, nodes[i]);
            String name = isOne ? meaning.className(meaning.callable(nodes[i])) : null;
            Set<String> known = name == null ? null : values.get(name);
            if (name != null
                && known != null
                && isPlace(name, plan.mapping.tables().get(table), stored.get(i))) {
              reader.read(nodes[i], value);
              String text = CallCells.text(value);
              if (text == null || !known.contains(text)) {
                found.add(new int[] {table, ordinal, i});
                what.add(new String[] {name, String.valueOf(text)});
              }
            }
          }
        });
    if (found.isEmpty()) {
      return null;
    }
    int[] at = found.get(0);
    TableMapping table = plan.mapping.tables().get(at[0]);
    return new Unknown(
        new ObjectPaths(plan, meaning, walk).cell(at[0], at[1], at[2]),
        table.name() + "." + table.stored().get(at[2]).name(),
        what.get(0)[0],
        what.get(0)[1]);
  }

  private boolean isPlace(String className, TableMapping table, StoredColumn column) {
    return places.getOrDefault(className, Set.of()).contains(table.name() + "." + column.name());
  }
}
