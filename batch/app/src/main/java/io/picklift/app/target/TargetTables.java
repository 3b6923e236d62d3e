package io.picklift.app.target;

import io.picklift.app.config.Config;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.database.TableNames;
import io.picklift.app.source.Sources;
import io.picklift.codec.Limits;
import io.picklift.schema.draft.DocumentMapping;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.SourceColumn;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.tables.rows.SqlNames;
import io.picklift.schema.tables.split.RowComputer;
import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The mapping and its tables in the target. */
public final class TargetTables {
  /** InnoDB's bound. */
  private static final int MOST_COLUMNS = 1_017;

  private static final List<String> OWN_TABLES =
      List.of("picklift_save", "picklift_archive", "picklift_quarantine");

  private final Mapping mapping;
  private final RowComputer computer;
  private final Limits limits;
  private final String yaml;
  private final SourceConfig source;

  private TargetTables(
      Mapping mapping, RowComputer computer, Limits limits, String yaml, SourceConfig source) {
    this.mapping = mapping;
    this.computer = computer;
    this.limits = limits;
    this.yaml = yaml;
    this.source = source;
  }

  /**
   * The configuration's mapping, with the columns that its adapters compute.
   *
   * @param limits of each save, in every step
   */
  public static TargetTables read(Config config, Limits limits)
      throws DatabaseException, SQLException {
    DocumentMapping document = config.document();
    if (document == null) {
      return read(config, config.requireMapping(), limits);
    }
    String yaml = yaml(document, config.source(), limits);
    try {
      return of(config, Mapping.parse("'mapping: document'", yaml), yaml, limits);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  /** The same of another mapping file than the configuration's. */
  public static TargetTables read(Config config, Path file, Limits limits) {
    try {
      return of(config, Mapping.read(file), Files.readString(file), limits);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      throw new ConfigurationException("mapping: there is no file " + file);
    } catch (IOException e) {
      throw new ConfigurationException("mapping: " + file + " cannot be read: " + e.getMessage());
    }
  }

  /**
   * Those of a mapping that the target keeps: saves can be put together by it, and none are taken
   * apart, since the adapters of its time are not asked.
   */
  public static TargetTables former(
      Mapping mapping, String yaml, SourceConfig source, Limits limits) {
    return new TargetTables(mapping, RowComputer.NONE, limits, yaml, source);
  }

  /** Only puts saves together, without a source or a target at hand. */
  public static MappedTables joining(Mapping mapping, Limits limits) {
    return new MappedTables(mapping, RowComputer.NONE, limits);
  }

  /** Those of a mapping that the target keeps, which saves are to be taken apart by again. */
  public static TargetTables kept(Config config, String yaml, Limits limits) {
    try {
      return of(config, Mapping.parse("the target's mapping", yaml), yaml, limits);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  private static TargetTables of(Config config, Mapping mapping, String yaml, Limits limits) {
    checkSource(mapping, config.source());
    if (config.adapters().isEmpty()) {
      return new TargetTables(mapping, RowComputer.NONE, limits, yaml, config.source());
    }
    AdapterCells cells = AdapterCells.load(config.adapters(), mapping, limits);
    return new TargetTables(cells.mapping(), cells, limits, yaml, config.source());
  }

  /** The source is asked for its key's types, where the documents have the key beside them. */
  private static String yaml(DocumentMapping document, SourceConfig config, Limits limits)
      throws DatabaseException, SQLException {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    try {
      return document.yaml(
          document.isBeside() ? List.of() : Sources.open(config, limits, 1, open).outerColumns());
    } finally {
      ResourceCloser.all(open);
    }
  }

  /** A table's columns of the source's row are of its key, or are carried. */
  private static void checkSource(Mapping mapping, SourceConfig source) {
    List<String> known = new ArrayList<>(source.key());
    known.addAll(source.carry());
    known.add(SourceColumn.SOURCE);
    known.add(SourceColumn.KEY_SHA256);
    for (TableMapping table : mapping.tables()) {
      boolean isSplit =
          table.source() instanceof RowSource.Root root
              && (!root.split().isEmpty() || !mapping.groups().isEmpty());
      if (isSplit && source.splitBy() == null) {
        throw new ConfigurationException(
            mapping.file(),
            table.line(),
            "table "
                + table.name()
                + " is for some values of a column of the source: source.split_by has to name it");
      }
      for (StoredColumn column : table.stored()) {
        SourceColumn from = column.source();
        if (from != null && !known.contains(from.column())) {
          throw new ConfigurationException(
              mapping.file(),
              table.line(),
              "table "
                  + table.name()
                  + ": "
                  + column.name()
                  + " is the source's '"
                  + from.column()
                  + "', which is not of its key: source.carry has to name it"
                  + NearestName.hint(from.column(), known));
        }
      }
    }
  }

  /**
   * What there is to say of adapters: what they raised, and which found nothing to compute a column
   * of. A line each.
   *
   * @param found columns that some save has something for
   */
  public List<String> adapters(Set<String> found) {
    if (!(computer instanceof AdapterCells cells)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(cells.failures());
    lines.addAll(cells.idle(found));
    return lines;
  }

  /** Takes saves apart and puts them together; for one thread. */
  public MappedTables tables() {
    return new MappedTables(mapping, computer, limits)
        .of(source.label(), source.key(), source.splitBy());
  }

  public Mapping mapping() {
    return mapping;
  }

  /** By what a ledger knows the mapping, its adapters' columns among its own. */
  public byte[] fingerprint() {
    return mapping.fingerprint();
  }

  /** How ledgers of 537887c and before know it; null where they cannot. */
  byte @Nullable [] firstFingerprint() {
    return mapping.firstFingerprint();
  }

  /** The text of {@code mapping.yaml}. */
  String yaml() {
    return yaml;
  }

  /** Whether the documents stand in the source's table. */
  public boolean hasDocumentBeside() {
    return DocumentCells.beside(mapping) != null;
  }

  public boolean hasTable(String name) {
    return mapping.tables().stream().anyMatch(table -> table.name().equalsIgnoreCase(name));
  }

  /**
   * Makes the tables that are not there yet, without the indexes that are made at the run's end,
   * and compares those that are.
   *
   * @throws ConfigurationException if a table is there with other columns, or the server takes one
   *     never: then none is made
   */
  public void createTables(Connection connection) throws SQLException {
    Map<String, Set<String>> there = columns(connection);
    checkNames();
    mapping.tables().forEach(this::checkWidth);
    List<TableMapping> made = new ArrayList<>();
    try {
      for (TableMapping table : mapping.parentsFirst()) {
        // An account that may not make tables does where they are there.
        Set<String> columns = there.get(table.name());
        if (columns == null) {
          create(connection, table);
          made.add(table);
        } else {
          compare(table, columns);
        }
      }
    } catch (ConfigurationException e) {
      drop(connection, made, e);
      throw e;
    }
  }

  /**
   * Checks that no mapped table has rows without a ledger: a run would migrate all saves beside
   * them once more.
   *
   * @throws ConfigurationException if one has, as after finish
   */
  public void checkLedger(Connection connection) throws SQLException {
    if (TableNames.isThere(connection, "picklift_save")) {
      return;
    }
    Map<String, Set<String>> there = columns(connection);
    for (TableMapping table : mapping.tables()) {
      if (there.containsKey(table.name()) && hasRows(connection, table.name())) {
        throw new ConfigurationException(
            "the target's table '"
                + table.name()
                + "' has rows, and there is no ledger of them: finish took Picklift out of this"
                + " target, or they are not Picklift's; migrate into another schema");
      }
    }
  }

  private static boolean hasRows(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT 1 FROM " + SqlNames.quote(table) + " LIMIT 1")) {
      return row.next();
    }
  }

  /**
   * Checks that no table has the name of one that Picklift makes in every target.
   *
   * @throws ConfigurationException if one has
   */
  public void checkNames() {
    Set<String> own = TargetSchema.tables();
    for (TableMapping table : mapping.tables()) {
      if (own.contains(table.name())) {
        throw new ConfigurationException(
            mapping.file(),
            table.line(),
            "the table '"
                + table.name()
                + "' has the name of one that Picklift makes in every target: give it another");
      }
    }
  }

  /** Both servers take no more, whatever the types. */
  private void checkWidth(TableMapping table) {
    int columns = table.stored().size() + 2;
    if (columns > MOST_COLUMNS) {
      throw new ConfigurationException(
          mapping.file(),
          table.line(),
          "the table '"
              + table.name()
              + "' has "
              + columns
              + " columns, and the servers take "
              + MOST_COLUMNS
              + " in a table; leave some to the residue, or put them into a JSON column");
    }
  }

  /** Undoes what was made of a mapping that cannot be: the tables are new and empty. */
  private static void drop(
      Connection connection, List<TableMapping> made, ConfigurationException cause) {
    for (int i = made.size() - 1; i >= 0; i--) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("DROP TABLE " + SqlNames.quote(made.get(i).name()));
      } catch (SQLException e) {
        // An account without the right to drop leaves empty tables, which the next run takes.
        cause.addSuppressed(e);
      }
    }
  }

  /**
   * The tables that a run would make; those that are there are compared. SELECT is all it needs.
   *
   * @throws ConfigurationException if a table is there with other columns
   */
  public List<String> missing(Connection connection) throws SQLException {
    Map<String, Set<String>> there = columns(connection);
    checkNames();
    List<String> missing = new ArrayList<>();
    for (TableMapping table : mapping.tables()) {
      Set<String> columns = there.get(table.name());
      if (columns == null) {
        missing.add(table.name());
      } else {
        compare(table, columns);
      }
    }
    return missing;
  }

  /** What is not about the server's state is about the mapping, and stays so. */
  private void create(Connection connection, TableMapping table) throws SQLException {
    LateIndexes.enter(connection, mapping, table);
    try (Statement statement = connection.createStatement()) {
      statement.execute(Ddl.early(mapping, table));
    } catch (SQLException e) {
      if (ServerErrors.isTransient(e) || ServerErrors.isDenied(e)) {
        throw e;
      }
      throw new ConfigurationException(
          mapping.file()
              + ":"
              + table.line()
              + ": the target does not take the table '"
              + table.name()
              + "': "
              + e.getMessage());
    }
  }

  /** The columns of all tables that are there, by one query. */
  private static Map<String, Set<String>> columns(Connection connection) throws SQLException {
    Map<String, Set<String>> there = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String sql =
        """
        SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = DATABASE()
        """;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        there
            .computeIfAbsent(row.getString(1), name -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER))
            .add(row.getString(2));
      }
    }
    return there;
  }

  /** Statements that refresh what the server knows of the tables, the toolkit's own among them. */
  public List<String> analyze() {
    List<String> statements = new ArrayList<>(Ddl.analyze(mapping));
    for (String table : OWN_TABLES) {
      statements.add("ANALYZE TABLE " + table);
    }
    return statements;
  }

  private static void compare(TableMapping table, Set<String> there) {
    Set<String> wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    wanted.add(TableMapping.SAVE_ID);
    wanted.add(TableMapping.ORDINAL);
    table.stored().stream()
        .filter(column -> !column.isBeside())
        .forEach(column -> wanted.add(column.name()));
    if (!wanted.equals(there)) {
      Set<String> missing = new TreeSet<>(wanted);
      missing.removeAll(there);
      throw new ConfigurationException(
          "the target already has a table '"
              + table.name()
              + "', and it is not the mapping's: "
              + (missing.isEmpty()
                  ? "it has more columns"
                  : "it lacks " + String.join(", ", missing)));
    }
  }
}
