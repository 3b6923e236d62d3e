package io.picklift.schema.export;

import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a mapping's rows become: one for each table. Rows of an {@code each} table
 * stand in their owner's message, all others in the message of the save; a reference is a place
 * from 0 in the save's list of that class.
 */
public final class TypedModel {
  /** The message that holds a whole save. */
  public static final String SAVE = "Save";

  /** The message of what a column's field does not say. */
  static final String UNHELD = "Unheld";

  /** The message of a numpy array. */
  static final String ARRAY = "NumpyArray";

  /** The field of the save's key. */
  public static final String KEY = "key";

  /** A file is named after the package. */
  private static final int LONGEST_PACKAGE = 64;

  private final Mapping mapping;
  private final String packageName;
  private final List<Type> types = new ArrayList<>();
  private final Type save;
  private final ProtoLock lock;

  /**
   * A message.
   *
   * @param columns its columns, in the order of the fields
   * @param children its tables, whose fields come after those
   * @param unheld the field of what its columns' fields do not say; empty for the save's message
   */
  public record Type(
      String name, List<Column> columns, List<Child> children, int table, String unheld) {
    /** The field of the column of that number; null where it has none. */
    @Nullable Column column(int number) {
      return columns.stream().filter(one -> one.number() == number).findFirst().orElse(null);
    }
  }

  /**
   * A field for a column.
   *
   * @param number the column's place in {@link TableMapping#stored()}
   */
  public record Column(String name, StoredColumn column, int number) {
    /** Whether it holds the elements of numpy arrays. */
    boolean isArray() {
      ColumnMapping from = column.mapping();
      return from != null
          && column.role() == StoredColumn.Role.VALUE
          && from.options().dtype() != null
          && from.options().shape() != null;
    }

    String type() {
      return isArray() ? ARRAY : ProtoType.of(column.type()).text();
    }
  }

  /** A field for the rows of a table. */
  public record Child(String name, Type type) {}

  private TypedModel(Mapping mapping, String packageName, ProtoLock before) {
    this.mapping = mapping;
    this.packageName = packageName;
    Set<String> names = new HashSet<>();
    List.of(SAVE, UNHELD, ARRAY).forEach(name -> names.add(squeeze(name)));
    Map<String, Type> byTable = new HashMap<>();
    for (TableMapping table : mapping.tables()) {
      Type type = type(table, names);
      types.add(type);
      byTable.put(table.name(), type);
    }
    save = new Type(SAVE, List.of(), new ArrayList<>(), -1, "");
    for (TableMapping table : mapping.tables()) {
      Type type = byTable.get(table.name());
      Type owner =
          table.source() instanceof RowSource.Each each ? byTable.get(each.ownerTable()) : save;
      if (type != null && owner != null) {
        owner.children().add(new Child(childName(owner, table.name()), type));
      }
    }
    lock = before.update(messages());
  }

  /**
   * The model of a mapping.
   *
   * @param before the numbers of fields that were there before
   */
  public static TypedModel of(Mapping mapping, ProtoLock before) {
    return new TypedModel(mapping, packageOf(mapping), before);
  }

  /** The package: what the mapped classes' modules begin with. */
  public static String packageOf(Mapping mapping) {
    for (TableMapping table : mapping.tables()) {
      if (table.source() instanceof RowSource.OfClass of) {
        String className = of.classes().get(0);
        int dot = className.indexOf('.');
        String first = identifier(dot < 0 ? className : className.substring(0, dot));
        String name = first.substring(0, Math.min(first.length(), LONGEST_PACKAGE));
        return name.equals("google") ? "saved_google" : name;
      }
    }
    return "saves";
  }

  private static Type type(TableMapping table, Set<String> names) {
    Set<String> fields = new HashSet<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < table.stored().size(); i++) {
      StoredColumn column = table.stored().get(i);
      boolean isOfSave =
          switch (column.role()) {
            // Places are the messages' own; the key is the save's; documents say all once more.
            case OWNER, POSITION, SOURCE, DOCUMENT, GENERATED -> false;
            default -> true;
          };
      if (isOfSave) {
        columns.add(new Column(unique(identifier(column.name()), fields), column, i));
      }
    }
    String name = unique(camel(table.name()), names);
    String unheld = unique(UNHELD.toLowerCase(Locale.ROOT), fields);
    return new Type(name, columns, new ArrayList<>(), table.number(), unheld);
  }

  private static String childName(Type owner, String table) {
    Set<String> used = new HashSet<>();
    used.add(owner.table() < 0 ? KEY : "");
    used.add(squeeze(owner.unheld()));
    owner.columns().forEach(column -> used.add(squeeze(column.name())));
    owner.children().forEach(child -> used.add(squeeze(child.name())));
    return unique(identifier(table), used);
  }

  /** Names that differ by case or underscores alone are one in JSON and in some languages. */
  private static String squeeze(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static String unique(String name, Set<String> used) {
    String candidate = name;
    for (int i = 2; !used.add(squeeze(candidate)); i++) {
      candidate = name + "_" + i;
    }
    return candidate;
  }

  private static String identifier(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    return Character.isLetter(plain.charAt(0)) ? plain : "f_" + plain;
  }

  private static String camel(String table) {
    StringBuilder camel = new StringBuilder();
    for (String word : identifier(table).split("_", -1)) {
      if (!word.isEmpty()) {
        camel.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return camel.isEmpty() ? "Rows" : camel.toString();
  }

  /** The messages without numbers, the save's first. */
  private List<ProtoMessage> messages() {
    List<ProtoMessage> messages = new ArrayList<>();
    messages.add(message(save));
    types.forEach(type -> messages.add(message(type)));
    messages.add(
        extra(UNHELD, field("column", "string"), field("json", "string"), field("cut", "bool")));
    if (hasArrays()) {
      messages.add(
          extra(
              ARRAY,
              field("dtype", "string"),
              list("shape", "int64"),
              list("bools", "bool"),
              list("ints", "int64"),
              list("uints", "uint64"),
              list("floats", "double"),
              list("texts", "string"),
              field("data", "bytes")));
    }
    return messages;
  }

  private static ProtoMessage extra(String name, ProtoField... fields) {
    return new ProtoMessage(name, List.of(fields), new TreeSet<>(), 1);
  }

  private static ProtoField field(String name, String type) {
    return new ProtoField(name, 0, type, false);
  }

  private static ProtoField list(String name, String type) {
    return new ProtoField(name, 0, type, true);
  }

  /** Whether there is a column of the elements of numpy arrays. */
  boolean hasArrays() {
    return types.stream().flatMap(type -> type.columns().stream()).anyMatch(Column::isArray);
  }

  private static ProtoMessage message(Type type) {
    List<ProtoField> fields = new ArrayList<>();
    if (type.table() < 0) {
      fields.add(new ProtoField(KEY, 0, ProtoType.STRING.text(), false));
    }
    for (Column column : type.columns()) {
      fields.add(new ProtoField(column.name(), 0, column.type(), false));
    }
    for (Child child : type.children()) {
      fields.add(new ProtoField(child.name(), 0, child.type().name(), true));
    }
    if (!type.unheld().isEmpty()) {
      fields.add(new ProtoField(type.unheld(), 0, UNHELD, true));
    }
    return new ProtoMessage(type.name(), fields, new TreeSet<>(), 1);
  }

  public Mapping mapping() {
    return mapping;
  }

  public String packageName() {
    return packageName;
  }

  /** The message of a whole save; its children are the lists of all classes. */
  public Type save() {
    return save;
  }

  /** The messages of the tables, in the mapping's order. */
  public List<Type> types() {
    return List.copyOf(types);
  }

  /** All numbers, those of fields that are gone among them. */
  public ProtoLock lock() {
    return lock;
  }
}
