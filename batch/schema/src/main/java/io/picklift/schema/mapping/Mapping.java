package io.picklift.schema.mapping;

import io.picklift.schema.edits.EditRules;
import io.picklift.schema.keys.ForeignKeys;
import io.picklift.schema.keys.ParentOrder;
import io.picklift.schema.mapping.first.FirstFingerprint;
import io.picklift.schema.text.TextHash;
import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.NearestName;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which objects become rows and which values become columns: a {@code mapping.yaml} that was read
 * and found to hold together. Immutable. See {@code MAPPING.md}.
 *
 * @param file the name to use in messages
 * @param ledger the table that {@code save_id} leads to by a foreign key, or null
 * @param foreignKeys which of them the tables have: none without a ledger
 * @param collation of every text column
 * @param contract what is to be done about things that the mapping does not know
 * @param edits what is to be done about rows that come and go after the migration
 */
public record Mapping(
    String file,
    @Nullable String ledger,
    ForeignKeys foreignKeys,
    String collation,
    List<TableMapping> tables,
    Contract contract,
    EditRules edits) {
  /** Compares as Python does: by code point, nothing folded. */
  public static final String DEFAULT_COLLATION = "utf8mb4_bin";

  /** The ledger of every target. */
  public static final String LEDGER = "picklift_save";

  public Mapping {
    tables = List.copyOf(tables);
  }

  /** Reads and checks a mapping file. */
  public static Mapping read(Path file) throws IOException, ConfigurationException {
    try {
      return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(file.toString(), 0, "the file is not UTF-8");
    }
  }

  /** Reads and checks a mapping's text; {@code file} is for messages. */
  public static Mapping parse(String file, String text) throws ConfigurationException {
    return new MappingReader(file).read(text);
  }

  /**
   * The canonical written form: the same for two files that say the same, and described in {@link
   * WrittenMapping}. Kept in the target, it says how a save was taken apart.
   */
  public String written() {
    return WrittenMapping.of(this);
  }

  /** SHA-256 of the written form, by which a ledger knows the mapping of a save. */
  public byte[] fingerprint() {
    return TextHash.sha256(written());
  }

  /**
   * The fingerprint of this mapping in ledgers made by commit 537887c or before; null for a mapping
   * that uses something newer, which no such ledger can have been made with.
   */
  public byte @Nullable [] firstFingerprint() {
    return FirstFingerprint.of(written());
  }

  /**
   * This mapping with a computed column more, the table's last.
   *
   * @param index whether the column is indexed
   * @throws IllegalArgumentException with a message for people, if there is no such table or it has
   *     such a column
   */
  public Mapping withComputed(String table, String column, ColumnType type, boolean index) {
    TableMapping of = table(table);
    if (of == null) {
      List<String> names = tables.stream().map(TableMapping::name).toList();
      throw new IllegalArgumentException(
          "the mapping has no table " + table + NearestName.hint(table, names));
    }
    if (of.columnNumber(column) >= 0
        || column.equalsIgnoreCase(TableMapping.SAVE_ID)
        || column.equalsIgnoreCase(TableMapping.ORDINAL)) {
      throw new IllegalArgumentException("table " + table + " has a column " + column);
    }
    if (index && !type.isIndexable()) {
      throw new IllegalArgumentException("column " + column + ": no index on a " + type);
    }
    List<TableMapping> all = new ArrayList<>(tables);
    all.set(of.number(), of.withComputed(column, type, index));
    return new Mapping(file, ledger, foreignKeys, collation, all, contract, edits);
  }

  /**
   * The tables in an order in which their rows can be written: as the mapping has them, and where
   * they refer to each other by foreign keys, those that others refer to first.
   */
  public List<TableMapping> parentsFirst() {
    if (foreignKeys != ForeignKeys.ALL) {
      return tables;
    }
    Map<String, TableMapping> byName = new LinkedHashMap<>();
    tables.forEach(table -> byName.put(table.name(), table));
    return parentOrder().tables().stream().map(byName::get).map(Objects::requireNonNull).toList();
  }

  /** The table of whole saves where there is one, the first of them, else the first of all. */
  public TableMapping root() {
    return tables.stream()
        .filter(one -> one.source() instanceof RowSource.Root)
        .findFirst()
        .orElse(tables.get(0));
  }

  /**
   * The tables in an order in which rows can be deleted: no row goes while another refers to it.
   */
  public List<TableMapping> parentsLast() {
    if (foreignKeys != ForeignKeys.ALL) {
      return tables;
    }
    List<TableMapping> order = new ArrayList<>(parentsFirst());
    Collections.reverse(order);
    return order;
  }

  ParentOrder parentOrder() {
    Map<String, Set<String>> parents = new LinkedHashMap<>();
    tables.forEach(table -> parents.put(table.name(), table.parents()));
    return new ParentOrder(parents);
  }

  /** The values of the source's column that root tables have paths for, each a group of columns. */
  public Set<String> groups() {
    Set<String> groups = new TreeSet<>();
    for (TableMapping table : tables) {
      if (table.source() instanceof RowSource.Root) {
        for (StoredColumn column : table.stored()) {
          ColumnMapping from = column.mapping();
          if (from != null) {
            addGroup(from.path(), groups);
            from.aka().forEach(path -> addGroup(path, groups));
          }
        }
      } else if (table.source() instanceof RowSource.Each each) {
        TableMapping owner = table(each.ownerTable());
        if (owner != null && owner.source() instanceof RowSource.Root) {
          addGroup(each.path(), groups);
        }
      }
    }
    return groups;
  }

  private static void addGroup(ValuePath path, Set<String> groups) {
    String value = path.splitValue();
    if (value != null) {
      groups.add(value);
    }
  }

  /** The table of that name, or null. */
  public @Nullable TableMapping table(String name) {
    for (TableMapping table : tables) {
      if (table.name().equals(name)) {
        return table;
      }
    }
    return null;
  }
}
