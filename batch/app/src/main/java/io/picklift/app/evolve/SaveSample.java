package io.picklift.app.evolve;

import io.picklift.app.decode.RefusedException;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SourceRow;
import io.picklift.app.target.MappedTables;
import io.picklift.app.target.StoredSaves;
import io.picklift.app.target.TargetTables;
import io.picklift.app.target.archive.ArchivedSave;
import io.picklift.app.target.archive.DamagedArchiveException;
import io.picklift.app.view.SafeText;
import io.picklift.codec.Limits;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.split.FrozenException;
import io.picklift.schema.tables.split.SplitSave;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few saves, spread over all of them, taken apart under the new mapping: how long that takes, how
 * many rows there are then, and whether the new mapping takes them at all.
 */
final class SaveSample {
  private static final int MOST_SAVES = 40;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Connection connection;
  private final MappedTables former;
  private final MappedTables next;
  private final OuterValues outer;
  private final int keyColumns;
  private final Limits limits;

  /** Makes saves that were born in the tables, of which nothing is archived. */
  private final SaveRebuilder born;

  /** By number of the new mapping's table. */
  private final long[] rows;

  private final List<Long> nanos = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  SaveSample(
      Connection connection,
      TargetTables former,
      TargetTables next,
      OuterValues outer,
      Limits limits,
      int keyColumns) {
    this.connection = connection;
    this.former = former.tables();
    this.next = next.tables();
    this.outer = outer;
    this.limits = limits;
    this.keyColumns = keyColumns;
    born = new SaveRebuilder(this.former, limits);
    Mapping mapping = next.mapping();
    rows = new long[mapping.tables().size()];
  }

  private record Save(long id, String key) {}

  /**
   * Takes saves with ids from the one to the other.
   *
   * @param count how many there are: few are all taken, wherever between the two they are
   */
  void take(String source, long first, long last, long count) throws SQLException {
    long until = System.nanoTime() + MOST_NANOS;
    long after = first - 1;
    long apart = count <= MOST_SAVES ? 0 : last - first;
    for (int i = 0; i < MOST_SAVES && System.nanoTime() < until; i++) {
      long from = Math.max(after + 1, first + apart * i / MOST_SAVES);
      Save save = save(source, from);
      if (save == null) {
        return;
      }
      after = save.id();
      long begin = System.nanoTime();
      take(save);
      nanos.add(System.nanoTime() - begin);
    }
  }

  private @Nullable Save save(String source, long from) throws SQLException {
    String sql =
        """
        SELECT save_id, source_key FROM picklift_save
        WHERE source_table = ? AND status = 'migrated' AND save_id >= ? ORDER BY save_id LIMIT 1
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setLong(2, from);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? new Save(row.getLong(1), row.getString(2)) : null;
      }
    }
  }

  private void take(Save save) throws SQLException {
    try {
      StoredSaves stored = StoredSaves.of(connection, former, List.of(save.id()));
      ArchivedSave archive = stored.archive(save.id());
      List<SaveRows> read = new ArrayList<>();
      SaveGraph graph =
          archive == null
              ? born.rebuild(stored, new SaveRebuilder.Migrated(save.id(), null, null), read::add)
                  .graph()
              : former.join(archive.residue(), archived(stored, save, read)).graph();
      SaveRows there = read.get(0);
      SaveKey key = SaveKey.parse(save.key(), keyColumns);
      SourceRow row = outer.row(key, there);
      String group =
          outer.split(row, there, archive == null ? null : former.group(archive.residue()));
      SplitSave split = next.split(Meaning.of(graph, limits), row, group);
      for (int table = 0; table < rows.length; table++) {
        rows[table] += split.rows().table(table).size();
      }
    } catch (DamagedArchiveException
        | DamagedException
        | MappedTables.RestoreException
        | NotEvolvedException
        | RebuildException e) {
      problem(save, String.valueOf(e.getMessage()));
    } catch (LimitException e) {
      problem(save, e.reason());
    } catch (FrozenException e) {
      problem(save, "the new mapping refuses it: " + e.getMessage());
    } catch (RefusedException e) {
      problem(save, "the new mapping refuses it: " + e.refusal().message());
    }
  }

  private static SaveRows archived(StoredSaves stored, Save save, List<SaveRows> read)
      throws SQLException, LimitException {
    SaveRows rows = stored.rows(save.id());
    read.add(rows);
    return rows;
  }

  private void problem(Save save, String message) {
    problems.add(SafeText.line(save.key()) + ": " + SafeText.line(message));
  }

  int size() {
    return nanos.size();
  }

  /** How many rows the saves at hand have in a table of the new mapping. */
  long rows(int table) {
    return rows[table];
  }

  /** About how long a save takes: of the later ones, since the first ones warm up. */
  long nanosOfSave() {
    List<Long> later = nanos.subList(nanos.size() / 2, nanos.size());
    return (long) later.stream().mapToLong(Long::longValue).average().orElse(0);
  }

  /** Saves that cannot be taken along; a line each. */
  List<String> problems() {
    return List.copyOf(problems);
  }
}
