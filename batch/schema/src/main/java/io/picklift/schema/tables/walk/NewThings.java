package io.picklift.schema.tables.walk;

import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.schema.frames.Frame;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnOptions;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Contract;
import io.picklift.schema.mapping.OnNew;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.ScalarKind;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.tables.values.KindNames;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a save has that its mapping does not know, and asks to be told of: attributes, classes, and
 * types of values at places that it knows. It follows a {@link MappingWalk}, for what that comes by
 * is what the mapping knows.
 */
public final class NewThings {
  private final WalkPlan plan;
  private final Contract contract;
  private final Meaning meaning;
  private final Attributes attributes;
  private final NodeValueReader values;
  private final KnownPlaces places;

  private final Map<String, Boolean> classes = new HashMap<>();
  private @Nullable Found first;

  /**
   * Something new.
   *
   * @param message one line for people: it names places, attributes and classes, never values
   */
  public record Found(OnNew then, String message) {}

  public NewThings(WalkPlan plan, Meaning meaning, NodeValueReader values) {
    this.plan = plan;
    this.meaning = meaning;
    this.values = values;
    contract = plan.mapping.contract();
    attributes = meaning.attributes();
    contract.classes().forEach(name -> classes.put(name, true));
    places = plan.knownPlaces();
  }

  /** What is to be done about the save; null where nothing is. */
  public @Nullable Found first() {
    return first;
  }

  /**
   * Looks at a value that the walk came to by a path.
   *
   * @param own the table of its class, where it has a row there, or -1: what attributes it may have
   *     that table says, wherever it stands
   */
  void at(int table, PathNode path, int node, int own) {
    if (places.isOpen(path)) {
      return;
    }
    TableMapping of = plan.mapping.tables().get(table);
    if (hasDocument(of, path)) {
      return;
    }
    boolean isRow = path == plan.paths[table] && !(of.source() instanceof RowSource.Each);
    if (!isRow) {
      type(of, path, node);
    }
    boolean hasNames = path.hasNames() && path.tables.length == 0;
    boolean isHere = own < 0 || path == plan.paths[own];
    if (hasNames && isHere && contract.of(of.name()) != OnNew.RESIDUE) {
      names(of, path, node);
    }
  }

  private static boolean hasDocument(TableMapping of, PathNode path) {
    for (int i = 0; i < path.columns.length; i += 2) {
      if (of.stored().get(path.columns[i]).type().base() == ColumnType.Base.JSON) {
        return true;
      }
    }
    return false;
  }

  private void names(TableMapping table, PathNode path, int node) {
    if (meaning.kind(node) == Kind.DICT) {
      keys(table, path, meaning.itemSpan(node));
      return;
    }
    if (meaning.kind(node) != Kind.OBJECT && meaning.kind(node) != Kind.CALL) {
      return;
    }
    switch (attributes.form(node)) {
      case DICT -> keys(table, path, attributes.dictPairs(node));
      case SLOTS -> {
        int dict = meaning.member(MemberSpan.start(meaning.itemSpan(attributes.state(node))));
        if (meaning.kind(dict) == Kind.DICT) {
          keys(table, path, meaning.itemSpan(dict));
        }
        keys(table, path, attributes.slotPairs(node));
      }
      default -> {}
    }
  }

  /** Looks at the columns of a table of pandas or numpy, whose rows are of that path. */
  void labels(int table, PathNode path, @Nullable Frame frame) {
    TableMapping of = plan.mapping.tables().get(table);
    Set<String> residue = places.residue(path);
    for (Frame.Column column : frame == null ? List.<Frame.Column>of() : frame.columns()) {
      String label = column.label();
      if (label != null && FrameRows.next(plan, path, label) == null && !residue.contains(label)) {
        ValuePath step = ValuePath.SELF.then(new ValuePath.Name(label));
        found(
            contract.of(of.name()),
            of.name()
                + places.path(path)
                + "."
                + step
                + " is a column that the mapping does not know");
      }
    }
  }

  private void keys(TableMapping table, PathNode path, long pairs) {
    Set<String> residue = places.residue(path);
    int start = MemberSpan.start(pairs);
    for (int i = start; i < start + MemberSpan.count(pairs); i += 2) {
      int key = meaning.member(i);
      if (!meaning.isText(key)) {
        continue;
      }
      byte[] utf8 = meaning.bytes(key);
      int number = plan.name(utf8, 0, utf8.length);
      if (number < 0 || path.name(number) == null) {
        String name = new String(utf8, StandardCharsets.UTF_8);
        if (!residue.contains(name)) {
          ValuePath step = ValuePath.SELF.then(new ValuePath.Name(name));
          String where = places.path(path);
          found(
              contract.of(table.name()),
              table.name()
                  + where
                  + "."
                  + step
                  + " is an attribute that the mapping does not know");
        }
      }
    }
  }

  private void type(TableMapping table, PathNode path, int node) {
    boolean isStr2 = meaning.kind(node) == Kind.PY2_STR;
    Scalar.Type type = isStr2 && !meaning.isText(node) ? Scalar.Type.BYTES : values.type(node);
    if (type == Scalar.Type.NONE) {
      return;
    }
    StoredColumn any = null;
    for (int i = 0; i < path.columns.length; i += 2) {
      StoredColumn column = table.stored().get(path.columns[i]);
      any = any == null ? column : any;
      // A column of bytes has what Python 2 calls str, be it text or not.
      boolean hasStr2 = isStr2 && holds(column, Scalar.Type.BYTES);
      if (hasStr2 || holds(column, type) || isDerivedDate(column, node)) {
        return;
      }
    }
    if (type == Scalar.Type.OTHER && leadsOn(path, node)) {
      return;
    }
    OnNew then = any == null ? contract.of(table.name()) : contract.of(table.name(), any.name());
    String what = type == Scalar.Type.OTHER ? kind(node) : KindNames.label(type);
    String where = places.path(path);
    found(
        then, table.name() + where + " is of a type that the mapping does not know there: " + what);
  }

  private boolean isDerivedDate(StoredColumn column, int node) {
    ColumnMapping from = column.mapping();
    boolean isPlain = from == null || !from.options().isOfOneKind();
    return switch (column.type().base()) {
      case DATETIME -> isPlain && values.isDerivedDate(node, Scalar.Type.DATETIME);
      case DATE -> isPlain && values.isDerivedDate(node, Scalar.Type.DATE);
      case TIME -> isPlain && values.isDerivedDate(node, Scalar.Type.TIME);
      default -> false;
    };
  }

  /** Whether the mapping looks into the value, or nothing of it could be a column's. */
  private boolean leadsOn(PathNode path, int node) {
    return switch (meaning.kind(node)) {
      case LIST, TUPLE, SET, FROZENSET -> path.tables.length > 0 || path.placeCount() > 0;
      case DICT, OBJECT, CALL -> path.tables.length > 0 || !path.isEnd();
      default -> true;
    };
  }

  private boolean holds(StoredColumn column, Scalar.Type type) {
    if (type == Scalar.Type.OTHER) {
      return column.role() != StoredColumn.Role.VALUE || column.type().base().isBytes();
    }
    if (column.role() != StoredColumn.Role.VALUE) {
      return false;
    }
    ColumnMapping from = column.mapping();
    ColumnOptions options = from == null ? ColumnOptions.NONE : from.options();
    ScalarKind only = options.only();
    ScalarKind own = only == null ? ScalarKind.of(column.type(), options.isUtc()) : only;
    String label = KindNames.label(type);
    if (own != null && own.label().equals(label)) {
      return true;
    }
    if (own == ScalarKind.SPECIAL) {
      return type == Scalar.Type.FLOAT || type == Scalar.Type.DECIMAL;
    }
    if (own == null || options.isOfOneKind()) {
      return false;
    }
    return switch (column.type().base()) {
      case BOOLEAN -> type == Scalar.Type.INT;
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT ->
          type == Scalar.Type.BOOL || type == Scalar.Type.FLOAT || type == Scalar.Type.DURATION;
      case DOUBLE -> type == Scalar.Type.INT || type == Scalar.Type.BOOL;
      case DECIMAL -> type == Scalar.Type.INT && column.type().scale() == 0;
      default -> false;
    };
  }

  private String kind(int node) {
    return switch (meaning.kind(node)) {
      case OBJECT, CALL -> {
        String name = meaning.className(meaning.callable(node));
        yield name == null ? "an object of a class without a name" : "an object of class " + name;
      }
      default -> meaning.kind(node).name().toLowerCase(java.util.Locale.ROOT);
    };
  }

  /** Looks at the classes of all objects, once the walk is done. */
  public void classes(MappingWalk walk) {
    if (contract.all() == OnNew.RESIDUE) {
      return;
    }
    for (int node = 0; node < meaning.graph().size(); node++) {
      Kind kind = meaning.kind(node);
      boolean isObject =
          (kind == Kind.OBJECT || kind == Kind.CALL)
              && meaning.references(node) > 0
              && walk.table(node) < 0
              && attributes.form(node) != Attributes.Form.NONE
              && values.type(node) == Scalar.Type.OTHER;
      String name =
          isObject && meaning.byValue(node) == null
              ? meaning.className(meaning.callable(node))
              : null;
      if (name != null) {
        // What a table of pandas is made of is no class of the application's.
        boolean isOfLibrary = name.startsWith("pandas.") || name.startsWith("numpy.");
        if (!isOfLibrary && !classes.containsKey(name)) {
          classes.put(name, true);
          found(contract.all(), name + " is a class that the mapping does not know");
        }
      }
    }
  }

  private void found(OnNew then, String message) {
    boolean isFirst = first == null || then.compareTo(first.then()) > 0;
    if (then != OnNew.RESIDUE && isFirst) {
      first = new Found(then, message);
    }
  }
}
