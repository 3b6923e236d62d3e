package io.picklift.app.account;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.SourceIdentity;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the source is the one that the ledger describes. A run against another source would
 * take equal keys for the same saves, and delete the saves whose keys the other source lacks.
 */
public final class SourceCheck {
  private static final int SAMPLE = 20;
  private static final String MOVED = "--source-moved";

  private final SaveSource source;
  private final SourceConfig config;
  private final boolean isMoved;
  private final boolean isDry;
  private final Consumer<String> say;

  /**
   * What was found.
   *
   * @param isFull whether every save is to be compared by its hash
   * @param before what the ledger had of the source; null where nothing
   */
  public record Result(boolean isFull, SourceRegister.@Nullable Entry before, SourceIdentity now) {}

  /**
   * @param isMoved whether the user says that the source is the ledger's, at another place
   * @param isDry whether nothing is to be written
   */
  public SourceCheck(
      SaveSource source,
      SourceConfig config,
      boolean isMoved,
      boolean isDry,
      Consumer<String> say) {
    this.source = source;
    this.config = config;
    this.isMoved = isMoved;
    this.isDry = isDry;
    this.say = say;
  }

  /**
   * Checks.
   *
   * @throws ConfigurationException if the source is another one
   */
  public Result check(Connection connection) throws SQLException {
    SourceRegister register = new SourceRegister(connection);
    SourceIdentity now = source.identity();
    SourceRegister.Entry before = named(register, now);
    boolean isFull = false;
    if (before != null) {
      isFull = compare(register, before.identity(), now);
    } else if (register.hasSaves(source.name())) {
      agree(register, "the ledger does not say which source '" + source.name() + "' is");
      say.accept(
          "the ledger did not say which source '"
              + source.name()
              + "' is: it is "
              + shown(now)
              + " from now on");
      isFull = true;
    }
    if (before != null && !Objects.equals(before.scope(), config.where())) {
      say.accept(
          "'where' was "
              + shown(before.scope())
              + " at the last run and is "
              + shown(config.where())
              + ": saves that it now excludes stay in the target unchanged");
    }
    return new Result(isFull, before, now);
  }

  /** The entry of the source, which may have had its table's name before it had one of its own. */
  private SourceRegister.@Nullable Entry named(SourceRegister register, SourceIdentity now)
      throws SQLException {
    SourceRegister.Entry entry = register.find(source.name());
    if (entry != null || config.name() == null || register.hasSaves(source.name())) {
      return entry;
    }
    SourceRegister.Entry unnamed = register.find(config.table());
    if (unnamed == null
        || !unnamed.identity().place().equals(now.place())
        || !unnamed.identity().server().equals(now.server())) {
      return null;
    }
    if (isDry) {
      throw new ConfigurationException(
          "the ledger calls the source '"
              + config.table()
              + "'; a run would call it '"
              + source.name()
              + "', and a dry run changes nothing: leave out source.name for it");
    }
    register.rename(config.table(), source.name());
    say.accept("the source '" + config.table() + "' is called '" + source.name() + "' from now on");
    return unnamed;
  }

  /** Whether every save is to be compared by its hash. */
  private boolean compare(SourceRegister register, SourceIdentity before, SourceIdentity now)
      throws SQLException {
    boolean isSamePlace = before.place().equals(now.place());
    if (isSamePlace && before.server().equals(now.server())) {
      return false;
    }
    String change =
        "the source '" + source.name() + "' was " + shown(before) + " and is " + shown(now);
    if (isSamePlace && source.hasTransactions(before.gtids())) {
      say.accept(change + ", which has all transactions that the ledger saw");
      return false;
    }
    boolean isKnowable = !before.gtids().isEmpty() && !now.gtids().isEmpty();
    if (!isMoved && (!isSamePlace || isKnowable)) {
      throw new ConfigurationException(
          change
              + ": if it is another source, give it its own 'name' in picklift.yaml; if it is the"
              + " same source at another place, pass once: "
              + MOVED);
    }
    agree(register, change);
    say.accept(change + "; a sample of its saves agrees with the ledger, and all are compared");
    return true;
  }

  private void agree(SourceRegister register, String change) throws SQLException {
    Map<SaveKey, String> sample = new HashMap<>();
    for (Map.Entry<String, String> save : register.sample(source.name(), SAMPLE).entrySet()) {
      SaveKey key = SaveKey.of(save.getKey(), source);
      if (key != null) {
        sample.put(key, save.getValue());
      }
    }
    Map<SaveKey, String> hashes = source.hashes(List.copyOf(sample.keySet()));
    List<SaveKey> equal = new ArrayList<>();
    hashes.forEach(
        (key, hash) -> {
          if (hash.equals(sample.get(key))) {
            equal.add(key);
          }
        });
    if (equal.size() * 4 < sample.size()) {
      throw new ConfigurationException(
          change
              + ": of "
              + sample.size()
              + " saves of the ledger, "
              + equal.size()
              + " are the same in this source, so it is another one; give it its own 'name' in"
              + " picklift.yaml");
    }
  }

  private static String shown(SourceIdentity identity) {
    return identity.place() + (identity.server().isEmpty() ? "" : " of " + identity.server());
  }

  private static String shown(@Nullable String scope) {
    return scope == null ? "not given" : "\"" + scope + "\"";
  }
}
