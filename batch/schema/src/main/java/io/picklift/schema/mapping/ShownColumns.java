package io.picklift.schema.mapping;

import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.NearestName;
import io.picklift.schema.yaml.YamlMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads columns with {@code document}, and those with {@code of}, which are taken out of one. */
final class ShownColumns {
  private ShownColumns() {}

  /** The column of that name; null where it is of another kind. */
  static @Nullable StoredColumn read(YamlMap columns, String name, UnfitPolicy outer)
      throws ConfigurationException {
    if (!(columns.require(name) instanceof MappingNode)) {
      return null;
    }
    YamlMap map = columns.map(name, "column " + name);
    if (map.has("document")) {
      Identifiers.check(columns, name, name);
      return document(map, name, MappingReader.unfit(map, outer));
    }
    if (map.has("of")) {
      Identifiers.check(columns, name, name);
      return generated(map, name);
    }
    return null;
  }

  private static StoredColumn document(YamlMap map, String name, UnfitPolicy unfit)
      throws ConfigurationException {
    map.allow(Set.of("document", "beside", "unfit"));
    String form = String.valueOf(map.text("document"));
    if (!form.equals("forms") && !form.equals("plain")) {
      throw map.error(
          "document",
          "column " + name + ": document must be forms or plain" + hint(form, "forms", "plain"));
    }
    return new StoredColumn(
        name,
        ColumnType.of(ColumnType.Base.JSON),
        StoredColumn.Role.DOCUMENT,
        unfit,
        null,
        null,
        new StoredColumn.Document(form.equals("plain"), map.flag("beside")));
  }

  private static StoredColumn generated(YamlMap map, String name) throws ConfigurationException {
    map.allow(Set.of("of", "path", "type", "index"));
    String text = map.text("type");
    if (text == null) {
      throw map.error("of", "column " + name + " has no type");
    }
    ColumnType type = MappingReader.type(map, "type", text);
    boolean isTaken =
        switch (type.base()) {
          case BOOLEAN, BIGINT, DOUBLE, VARCHAR -> !type.unsigned();
          default -> false;
        };
    if (!isTaken) {
      throw map.error(
          "type", "column " + name + ": of a document are BOOLEAN, BIGINT, DOUBLE and VARCHAR(n)");
    }
    String path = map.text("path");
    ValuePath in = path == null ? ValuePath.of(name) : MappingReader.path(map, "path", path);
    boolean isFromEnd =
        in.steps().stream().anyMatch(s -> s instanceof ValuePath.Place p && p.place() < 0);
    if (isFromEnd) {
      throw map.error("path", "column " + name + ": no place in a document counts from the end");
    }
    return new StoredColumn(
        name,
        type,
        StoredColumn.Role.GENERATED,
        UnfitPolicy.RESIDUE,
        null,
        null,
        new StoredColumn.Generated(String.valueOf(map.text("of")), in));
  }

  /** Whether a column that is taken out of a document has an index. */
  static boolean isIndexed(YamlMap columns, String name) throws ConfigurationException {
    return columns.map(name, "column " + name).flag("index");
  }

  /** Columns that are taken out of a document need one, in a table of their own. */
  static void check(String file, int line, String table, List<StoredColumn> shown)
      throws ConfigurationException {
    List<String> documents =
        shown.stream()
            .filter(c -> c.role() == StoredColumn.Role.DOCUMENT && !c.isBeside())
            .map(StoredColumn::name)
            .toList();
    for (StoredColumn column : shown) {
      if (column.shown() instanceof StoredColumn.Generated of && !documents.contains(of.of())) {
        throw new ConfigurationException(
            file,
            line,
            "table "
                + table
                + ": column "
                + column.name()
                + " is of "
                + of.of()
                + ", which is no document of the table"
                + NearestName.hint(of.of(), documents));
      }
    }
  }

  private static String hint(String given, String... known) {
    return NearestName.hint(given, List.of(known));
  }
}
