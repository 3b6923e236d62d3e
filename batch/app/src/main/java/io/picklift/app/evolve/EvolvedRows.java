package io.picklift.app.evolve;

import io.picklift.app.bulk.BulkSender;
import io.picklift.app.bulk.LoadRefusedException;
import io.picklift.app.bulk.ServerTraits;
import io.picklift.app.bulk.WritingTarget;
import io.picklift.app.database.Retry;
import io.picklift.app.database.Transaction;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.target.FoundColumns;
import io.picklift.app.target.TargetRefusal;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.BulkTable;
import io.picklift.schema.tables.rows.InsertText;
import io.picklift.schema.tables.rows.LoadText;
import io.picklift.schema.tables.rows.RowText;
import io.picklift.schema.tables.rows.SqlNames;
import io.picklift.schema.tables.rows.TableRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes saves into the tables beside: all that is given in one transaction. For one thread. */
final class EvolvedRows {
  private static final BulkTable EVOLVED =
      BulkTable.of(
          "picklift_evolved",
          "save_id",
          "rows_sha256",
          "archive_sha256",
          "row_count",
          "value_count",
          "table_value_count",
          "unfit_value_count",
          "residue",
          "residue_bytes",
          "unfit_columns");

  private final WritingTarget target;
  private final TargetLock lock;
  private final FoundColumns found;
  private final List<TableMapping> order;
  private final Map<Integer, BulkTable> tables;

  EvolvedRows(
      WritingTarget target,
      TargetLock lock,
      FoundColumns found,
      Mapping next,
      BesideTables beside) {
    this.target = target;
    this.lock = lock;
    this.found = found;
    order = next.parentsFirst();
    tables = beside.bulk();
  }

  /**
   * Writes saves.
   *
   * @param isAgain whether there is something of them already, which goes
   * @throws SQLException also where the server refuses a row: {@link TargetRefusal#isAboutData}
   */
  void write(List<EvolvedSave> saves, boolean isAgain) throws SQLException {
    if (saves.isEmpty()) {
      return;
    }
    boolean isDone =
        Retry.retrying(
            () -> {
              try {
                return transaction(saves, isAgain);
              } catch (LoadRefusedException e) {
                try (Connection connection = target.connect()) {
                  target.insertOnly(connection);
                }
                return transaction(saves, isAgain);
              }
            });
    if (isDone) {
      saves.forEach(save -> found.committed(save.foundColumns()));
    }
  }

  /** Takes away what there is of saves that are gone. */
  void delete(Collection<Long> ids) throws SQLException {
    if (!ids.isEmpty()) {
      boolean unused =
          Retry.retrying(
              () -> {
                lock.hold();
                try (Connection connection = target.connect()) {
                  return Transaction.run(
                      connection,
                      c -> {
                        clear(c, ids);
                        return true;
                      });
                }
              });
    }
  }

  private boolean transaction(List<EvolvedSave> saves, boolean isAgain) throws SQLException {
    lock.hold();
    try (Connection connection = target.connect()) {
      return Transaction.run(
          connection,
          c -> {
            if (isAgain) {
              clear(c, saves.stream().map(EvolvedSave::id).toList());
            }
            send(c, saves);
            TreeSet<String> columns = new TreeSet<>();
            saves.forEach(save -> columns.addAll(save.foundColumns()));
            found.enter(c, columns);
            return true;
          });
    }
  }

  private void clear(Connection connection, Collection<Long> ids) throws SQLException {
    String in = ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    List<String> names = new ArrayList<>();
    for (TableMapping table : order) {
      BulkTable beside = tables.get(table.number());
      if (beside != null) {
        names.add(0, beside.name());
      }
    }
    names.add(EVOLVED.name());
    try (Statement statement = connection.createStatement()) {
      for (String name : names) {
        statement.executeUpdate(
            "DELETE FROM " + SqlNames.quote(name) + " WHERE save_id IN (" + in + ")");
      }
    }
  }

  private void send(Connection connection, List<EvolvedSave> saves) throws SQLException {
    ServerTraits traits = target.traits(connection);
    BulkSender sender = new BulkSender(connection, traits);
    for (TableMapping table : order) {
      BulkTable beside = tables.get(table.number());
      if (beside != null) {
        RowText text = text(beside, traits);
        for (EvolvedSave save : saves) {
          TableRows rows = save.rows().table(table.number());
          for (int row = 0; row < rows.size(); row++) {
            text.row(save.id(), rows, row);
          }
        }
        sender.send(text);
      }
    }
    RowText evolved = text(EVOLVED, traits);
    saves.forEach(save -> add(evolved, save));
    sender.send(evolved);
  }

  private static RowText text(BulkTable table, ServerTraits traits) {
    return traits.takesLoad() ? new LoadText(table) : new InsertText(table, traits.hasBackslash());
  }

  private static void add(RowText to, EvolvedSave save) {
    to.number(save.id()).bytes(save.rowsSha256()).bytes(save.archiveSha256());
    to.number(save.rows().size()).number(save.counts().scalars()).number(save.counts().inColumns());
    to.number(save.counts().unfit());
    to.bytes(save.residue()).number(save.residue().length);
    to.text(
        save.unfitColumns().entrySet().stream()
            .map(column -> column.getValue() + " " + column.getKey())
            .collect(Collectors.joining("\n")));
    to.endRow();
  }
}
