package io.picklift.app.evolve;

import io.picklift.app.config.Config;
import io.picklift.app.database.Snapshot;
import io.picklift.app.target.MigratedTarget;
import io.picklift.app.target.TargetTables;
import io.picklift.codec.Limits;
import io.picklift.schema.evolve.MappingChange;
import io.picklift.schema.evolve.MappingChanges;
import io.picklift.schema.evolve.TableChange;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.mapping.UnfitPolicy;
import io.picklift.schema.tables.rows.SqlNames;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Finds out what taking a target to another mapping would do. Only reads, at one moment. */
public final class Planner {
  /** What the server takes for a row that is loaded, with its indexes. */
  private static final long NANOS_OF_ROW = 20_000;

  private static final long NANOS_OF_SECOND = 1_000_000_000L;

  private final Connection connection;
  private final TargetTables former;
  private final TargetTables next;
  private final String source;
  private final MappingChanges.Result changes;
  private final List<String> problems = new ArrayList<>();

  private Planner(Connection connection, TargetTables former, TargetTables next, String source) {
    this.connection = connection;
    this.former = former;
    this.next = next;
    this.source = source;
    changes = MappingChanges.of(former.mapping(), next.mapping());
  }

  /**
   * The plan for a mapping file.
   *
   * @throws ConfigurationException if the target has nothing that could be taken along
   */
  public static Plan plan(DataSource target, Config config, Path file, Limits limits)
      throws SQLException {
    TargetTables next = TargetTables.read(config, file, limits);
    return Snapshot.read(
        target,
        connection -> {
          MigratedTarget.check(connection, config.requireTarget());
          TargetTables former = FormerTables.of(connection, config, limits);
          return new Planner(connection, former, next, config.source().label())
              .plan(config, limits);
        });
  }

  private Plan plan(Config config, Limits limits) throws SQLException {
    next.checkNames();
    boolean isWritten = changes.tables().stream().anyMatch(TableChange::isWritten);
    boolean isDropped =
        changes.tables().stream().anyMatch(table -> table.how() == TableChange.How.DROPPED);
    OuterValues outer = new OuterValues(former.mapping(), config.source());
    problems.addAll(outer.missing(next.mapping()));
    long saves = 0;
    SaveSample sample =
        new SaveSample(connection, former, next, outer, limits, config.source().key().size());
    if ((isWritten || isDropped) && problems.isEmpty()) {
      saves = sampled(sample);
    }
    List<Plan.Change> told = told();
    List<Plan.Table> tables = tables(sample, saves);
    long rows = 0;
    boolean isEstimate = false;
    for (int i = 0; i < tables.size(); i++) {
      if (changes.tables().get(i).isWritten()) {
        rows += tables.get(i).rows();
        isEstimate |= tables.get(i).isEstimate();
      }
    }
    long nanos = saves * sample.nanosOfSave() + (rows + altered(tables)) * NANOS_OF_ROW;
    return new Plan(
        HexFormat.of().formatHex(former.fingerprint()),
        HexFormat.of().formatHex(next.fingerprint()),
        told,
        changes.sql(),
        tables,
        saves,
        rows,
        isEstimate,
        (nanos + NANOS_OF_SECOND - 1) / NANOS_OF_SECOND,
        problems);
  }

  /** How many saves there are, some of which are in the sample then. */
  private long sampled(SaveSample sample) throws SQLException {
    String sql =
        """
        SELECT COUNT(*), MIN(save_id), MAX(save_id) FROM picklift_save
        WHERE source_table = ? AND status = 'migrated'
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        long saves = row.getLong(1);
        if (saves > 0) {
          sample.take(source, row.getLong(2), row.getLong(3), saves);
          problems.addAll(sample.problems());
        }
        return saves;
      }
    }
  }

  private List<Plan.Change> told() throws SQLException {
    List<Plan.Change> told = new ArrayList<>();
    for (MappingChange change : changes.changes()) {
      MappingChange.Misfits misfits = change.misfits();
      Long count = misfits == null ? null : misfits(misfits);
      if (count != null && count > 0) {
        problems.add(
            change.place()
                + ": "
                + count
                + " values will not fit: "
                + (isQuarantined(change)
                    ? "unfit: quarantine refuses their saves, and with them the whole"
                    : "their cells become NULL, and the values stay in the residue"));
      }
      told.add(
          new Plan.Change(
              change.kind().label(), change.table(), change.column(), change.message(), count));
    }
    return told;
  }

  private boolean isQuarantined(MappingChange change) {
    TableMapping table = next.mapping().table(change.table());
    String name = change.column();
    StoredColumn column = table == null || name == null ? null : table.column(name);
    return column != null && column.unfit() == UnfitPolicy.QUARANTINE;
  }

  private long misfits(MappingChange.Misfits of) throws SQLException {
    return number(
        "SELECT COUNT(*) FROM " + SqlNames.quote(of.table()) + " WHERE " + of.condition());
  }

  private List<Plan.Table> tables(SaveSample sample, long saves) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (TableMapping table : former.mapping().tables()) {
      counts.put(table.name(), number("SELECT COUNT(*) FROM " + SqlNames.quote(table.name())));
    }
    List<Plan.Table> tables = new ArrayList<>();
    for (TableChange change : changes.tables()) {
      TableMapping table = next.mapping().table(change.name());
      Long known = known(change, counts);
      boolean isEstimate = known == null && sample.size() < saves;
      long rows =
          known != null || table == null || sample.size() == 0
              ? (known == null ? 0 : known)
              : sample.rows(table.number()) * saves / sample.size();
      tables.add(new Plan.Table(change.name(), change.how().label(), rows, isEstimate));
    }
    return tables;
  }

  /** How many rows it will have, where that is what it has; null where the sample has to say it. */
  private @Nullable Long known(TableChange change, Map<String, Long> counts) {
    String name = change.former();
    boolean isOther =
        changes.changes().stream()
            .anyMatch(
                one -> one.kind() == MappingChange.Kind.ROWS && one.table().equals(change.name()));
    return name == null || isOther ? null : counts.get(name);
  }

  private long altered(List<Plan.Table> tables) {
    long rows = 0;
    for (int i = 0; i < tables.size(); i++) {
      if (changes.tables().get(i).how() == TableChange.How.ALTERED) {
        rows += tables.get(i).rows() / 10;
      }
    }
    return rows;
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
