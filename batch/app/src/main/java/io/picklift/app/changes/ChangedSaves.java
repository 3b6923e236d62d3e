package io.picklift.app.changes;

import io.picklift.app.config.ChangesConfig;
import io.picklift.app.config.ChangesConfig.How;
import io.picklift.app.database.Retry;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.lock.Fence;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The saves that one write-back has to look at. What notes changes may itself be new: then all of
 * them once. A save that is left is looked at again each time, until it is settled. One thread
 * begins and ends it; between, several may tell what they settled.
 */
public final class ChangedSaves {
  private final DataSource target;
  private final Fence lock;
  private final String source;
  private final Mapping mapping;
  private final ChangesConfig config;
  private final @Nullable GrowingColumn column;
  private boolean isAll;
  private @Nullable String newest;
  private @Nullable String next;

  /**
   * @param source what the ledger calls the source
   * @throws ConfigurationException if the mapping lacks the column that is to tell
   */
  public ChangedSaves(
      DataSource target, Fence lock, String source, Mapping mapping, ChangesConfig config) {
    this.target = target;
    this.lock = lock;
    this.source = source;
    this.mapping = mapping;
    this.config = config;
    String name = config.column();
    column = name == null ? null : new GrowingColumn(mapping, name, config.overlap());
  }

  /**
   * Gets ready, before any save is looked at: makes triggers that are missing, drops those that
   * nothing reads any more.
   *
   * @return what changes are not found, in one line; null where all are
   * @throws ConfigurationException if the account may not what that takes
   */
  public @Nullable String begin() throws SQLException {
    ChangeState state =
        Retry.connected(
                target, connection -> Optional.ofNullable(ChangeState.find(connection, source)))
            .orElse(null);
    if (config.how() != How.TRIGGERS && state != null) {
      state = withoutTriggers(state);
    }
    return switch (config.how()) {
      case SCAN -> {
        if (state != null) {
          forget();
        } else {
          // Triggers of another source note these saves as well.
          forgetEntries();
        }
        isAll = true;
        yield null;
      }
      case TRIGGERS -> triggers(state);
      case UPDATED_AT -> column(Objects.requireNonNull(column), state);
    };
  }

  private String triggers(@Nullable ChangeState state) throws SQLException {
    List<String> tables = mapping.tables().stream().map(TableMapping::name).toList();
    boolean areMissing = Retry.connected(target, c -> ChangeTriggers.areMissing(c, tables));
    boolean isNew = areMissing || state == null || !state.how().equals(ChangeState.TRIGGERS);
    isAll = isNew || (state != null && state.isScanDue());
    if (isNew) {
      // First: what was written before the last of them was made, no entry tells.
      in(
          connection -> {
            new ChangeState(ChangeState.TRIGGERS, true, null, null).enter(connection, source);
            if (areMissing) {
              ChangeState.scanAll(connection);
            }
          });
      boolean unused =
          Retry.connected(
              target,
              connection -> {
                ChangeTriggers.make(connection, tables);
                return true;
              });
    }
    return Retry.connected(target, MissedChanges::ofTriggers);
  }

  private String column(GrowingColumn column, @Nullable ChangeState state) throws SQLException {
    boolean isKnown =
        state != null
            && state.how().equals(How.UPDATED_AT.toString())
            && column.name().equals(state.column());
    newest = isKnown && state != null ? state.newest() : null;
    isAll = newest == null;
    // Before any save is read: what is written while they are read is newer, or within the overlap.
    next =
        Retry.connected(target, connection -> Optional.ofNullable(column.newest(connection)))
            .orElse(null);
    column.check(next);
    return MissedChanges.ofColumn(column.name());
  }

  /** What triggers there are belong to a way that is not gone any more. */
  private @Nullable ChangeState withoutTriggers(ChangeState state) throws SQLException {
    if (!state.how().equals(ChangeState.TRIGGERS) && !state.how().equals(ChangeState.DROPPING)) {
      return state;
    }
    if (!Retry.connected(target, connection -> ChangeState.isShared(connection, source))) {
      if (state.how().equals(ChangeState.TRIGGERS)
          && Retry.connected(target, ChangedSaves::areUnseen)) {
        throw new ConfigurationException(ChangeTriggers.UNSEEN);
      }
      enter(new ChangeState(ChangeState.DROPPING, true, null, null));
      boolean unused =
          Retry.connected(
              target,
              connection -> {
                ChangeTriggers.drop(connection);
                return true;
              });
    }
    forget();
    return null;
  }

  /** Who may not make triggers sees none: then nothing tells whether they are gone. */
  private static boolean areUnseen(Connection connection) throws SQLException {
    if (ChangeTriggers.areThere(connection)) {
      return false;
    }
    try {
      ChangeTriggers.tryOut(connection);
      return false;
    } catch (SQLException e) {
      if (ServerErrors.isDenied(e)) {
        return true;
      }
      throw e;
    }
  }

  private void forget() throws SQLException {
    forgetEntries();
    in(connection -> ChangeState.forget(connection, source));
  }

  private void forgetEntries() throws SQLException {
    deleteAll(connection -> ChangeEntries.some(connection, source));
  }

  private void enter(ChangeState state) throws SQLException {
    in(connection -> state.enter(connection, source));
  }

  /** Those to be looked at, as SQL over {@code picklift_save}. */
  public String condition() {
    if (isAll) {
      return "TRUE";
    }
    String noted = "picklift_save.save_id IN (SELECT save_id FROM picklift_change)";
    return column == null || newest == null ? noted : noted + " OR " + column.condition(newest);
  }

  /**
   * The entries of a save, which are settled with it: read in the same snapshot as its rows, or
   * before them.
   */
  public List<Long> entries(Connection connection, long saveId) throws SQLException {
    return config.how() == How.SCAN ? List.of() : ChangeEntries.of(connection, saveId);
  }

  /** The same of several saves, by save id; those that have none are not in it. */
  public Map<Long, List<Long>> entries(Connection connection, Collection<Long> saveIds)
      throws SQLException {
    return config.how() == How.SCAN ? Map.of() : ChangeEntries.of(connection, saveIds);
  }

  /** Deletes entries of a save that is settled. Never commits. */
  public void settled(Connection connection, List<Long> entries) throws SQLException {
    ChangeEntries.delete(connection, entries);
  }

  /** The same in a transaction of its own. */
  public void settled(List<Long> entries) throws SQLException {
    if (!entries.isEmpty()) {
      in(connection -> settled(connection, entries));
    }
  }

  /** Of a save that is left: one entry stays, so that the next run looks at it again. */
  public void left(long saveId) throws SQLException {
    if (config.how() == How.SCAN) {
      return;
    }
    in(
        connection -> {
          List<Long> entries = ChangeEntries.of(connection, saveId);
          if (entries.isEmpty()) {
            ChangeEntries.add(connection, saveId);
          } else {
            ChangeEntries.delete(connection, entries.subList(0, entries.size() - 1));
          }
        });
  }

  /** Enters that all were looked at, and settled or left. */
  public void end() throws SQLException {
    switch (config.how()) {
      case SCAN -> {
        // There is nothing to be remembered.
      }
      case TRIGGERS -> {
        if (isAll) {
          enter(new ChangeState(ChangeState.TRIGGERS, false, null, null));
        }
        deleteAll(connection -> ChangeEntries.idle(connection, source, mapping));
      }
      case UPDATED_AT ->
          enter(
              new ChangeState(
                  How.UPDATED_AT.toString(), false, Objects.requireNonNull(column).name(), next));
    }
  }

  private void deleteAll(Retry.ConnectionWork<List<Long>> pages) throws SQLException {
    while (true) {
      List<Long> ids = Retry.connected(target, pages);
      if (ids.isEmpty()) {
        return;
      }
      in(connection -> ChangeEntries.delete(connection, ids));
    }
  }

  private void in(FencedTransaction.Work work) throws SQLException {
    FencedTransaction.run(lock, target, work);
  }
}
