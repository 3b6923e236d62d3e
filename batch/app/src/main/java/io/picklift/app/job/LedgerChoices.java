package io.picklift.app.job;

import io.picklift.app.account.DamagedSaves;
import io.picklift.app.account.QuarantineList;
import io.picklift.app.account.SaveChoice;
import io.picklift.app.account.SaveOwners;
import io.picklift.app.database.Retry;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.app.source.GivenKeys;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.target.SourceCells;
import io.picklift.schema.tables.rows.SqlNames;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What commands choose from the ledger, and change in it, outside of a run: the next run does what
 * follows from it.
 */
public final class LedgerChoices {
  private static final int KEYS_AT_A_TIME = 500;

  private final JobEnvironment environment;
  private final SaveSource source;

  LedgerChoices(JobEnvironment environment) {
    this.environment = environment;
    source = environment.source();
  }

  /** The saves that are quarantined now. */
  public List<QuarantineList.Entry> quarantined() throws JobFailedException {
    return onTarget(
        c -> new QuarantineList(c, source.name()).find(new QuarantineList.Choice(null, null)));
  }

  /** Takes saves out of the quarantine: the next run tries them again. */
  void takeOut(QuarantineList.Choice choice) throws JobFailedException {
    onTarget(connection -> new QuarantineList(connection, source.name()).takeOut(choice));
  }

  /**
   * Marks saves as damaged: the next run makes them anew.
   *
   * @throws ConfigurationException if one is no migrated save, or its row is gone from the source
   */
  void markDamaged(List<String> texts) throws JobFailedException {
    List<SaveKey> keys = List.copyOf(GivenKeys.parse(texts, source));
    DamagedSaves damaged = new DamagedSaves(source, environment.ledger());
    // None is marked before all are known to be in the source.
    onEach(keys, damaged::check);
    onEach(keys, damaged::mark);
  }

  /**
   * The next chosen saves of an owner, by save id.
   *
   * @param after the save id before the first
   * @return their keys; empty at the end
   */
  public Map<Long, String> owned(SaveOwners.Owner owner, SaveChoice choice, long after)
      throws JobFailedException {
    String condition = condition(choice);
    try {
      return Retry.connected(
          environment.target(),
          c -> new SaveOwners(source.name()).page(c, owner, condition, after));
    } catch (SQLException e) {
      boolean isWrong =
          choice.where() != null
              && e instanceof SQLSyntaxErrorException
              && !ServerErrors.isDenied(e);
      if (isWrong) {
        throw new ConfigurationException("--where: " + FailureText.line(e));
      }
      throw new JobFailedException(FailureText.line(e), e);
    }
  }

  /** A choice as SQL over {@code picklift_save}. */
  String condition(SaveChoice choice) {
    String first = SqlNames.quote(environment.mapped().mapping().tables().get(0).name());
    return choice.condition(source, first);
  }

  /**
   * Those of these keys that have no row in the source.
   *
   * @param texts some hundred at most
   */
  public Set<String> withoutRow(Collection<String> texts) throws JobFailedException {
    Map<SaveKey, String> keys = new HashMap<>();
    for (String text : texts) {
      SaveKey key = SaveKey.of(text, source);
      if (key != null) {
        keys.put(key, text);
      }
    }
    Set<String> without = new HashSet<>(texts);
    try {
      Retry.retrying(() -> source.present(keys.keySet()))
          .keySet()
          .forEach(key -> without.remove(keys.get(key)));
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    }
    return without;
  }

  /**
   * Those of these saves whose columns of the source's row may say something older than it.
   *
   * @param saveIds some hundred at most
   */
  public Set<Long> olderBeside(Collection<Long> saveIds) throws JobFailedException {
    boolean areCarried =
        SourceCells.areCarried(environment.mapped().mapping(), environment.config().key());
    return onTarget(connection -> SaveOwners.written(connection, saveIds, areCarried));
  }

  /**
   * Makes saves an owner's, in one transaction.
   *
   * @param anew those of them that the next run is to make anew from the source
   */
  public void give(List<Long> saveIds, List<Long> anew, SaveOwners.Owner owner)
      throws JobFailedException {
    try {
      FencedTransaction.run(
          environment.lock(),
          environment.target(),
          connection -> {
            DamagedSaves.markIds(connection, anew);
            SaveOwners.give(connection, saveIds, owner);
          });
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    }
  }

  private interface KeysWork {
    void run(Connection connection, List<SaveKey> keys) throws SQLException;
  }

  private void onEach(List<SaveKey> keys, KeysWork work) throws JobFailedException {
    for (int from = 0; from < keys.size(); from += KEYS_AT_A_TIME) {
      List<SaveKey> some = keys.subList(from, Math.min(keys.size(), from + KEYS_AT_A_TIME));
      onTarget(
          connection -> {
            work.run(connection, some);
            return true;
          });
    }
  }

  private <T> T onTarget(Retry.ConnectionWork<T> work) throws JobFailedException {
    try {
      return Retry.connected(environment.target(), work);
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    }
  }
}
