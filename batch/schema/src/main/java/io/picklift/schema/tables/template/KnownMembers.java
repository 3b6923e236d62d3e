package io.picklift.schema.tables.template;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.HashSet;
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
    ShownCalls calls =
        new ShownCalls(walk, meaning, new NodeValueReader(meaning, ValueNotes.collecting()));
    Set<String> all = new HashSet<>();
    places.values().forEach(all::addAll);
    List<At> found = new ArrayList<>();
    walk.run(
        (table, ordinal, node, nodes) -> {
          TableMapping of = mapping.tables().get(table);
          for (int i = 0; found.isEmpty() && i < of.stored().size(); i++) {
            StoredColumn column = of.stored().get(i);
            String place = of.name() + "." + column.name();
            int at = i;
            if (all.contains(place)) {
              calls.cell(
                  column,
                  nodes[i],
                  (call, name) -> {
                    String text = calls.text(call);
                    if (isUnknown(place, name, text)) {
                      found.add(
                          new At(
                              table,
                              ordinal,
                              at,
                              ShownCalls.isDocument(column) ? calls.path("") : "",
                              new Unknown("", place, name, String.valueOf(text))));
                    }
                  });
            }
          }
        });
    if (found.isEmpty()) {
      return null;
    }
    At at = found.get(0);
    String cell = new ObjectPaths(plan, meaning, walk).cell(at.table(), at.ordinal(), at.column());
    boolean isMember = !at.inDocument().isEmpty() && !at.inDocument().startsWith("[");
    return new Unknown(
        cell + (isMember ? "." : "") + at.inDocument(),
        at.what().column(),
        at.what().className(),
        at.what().value());
  }

  /** Where one is; paths are asked for when the walk is over. */
  private record At(int table, int ordinal, int column, String inDocument, Unknown what) {}

  private boolean isUnknown(String place, String className, @Nullable String value) {
    Set<String> known = values.get(className);
    return known != null
        && places.getOrDefault(className, Set.of()).contains(place)
        && (value == null || !known.contains(value));
  }
}
