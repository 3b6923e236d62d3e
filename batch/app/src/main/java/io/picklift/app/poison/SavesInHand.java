package io.picklift.app.poison;

import io.picklift.app.database.Retry;
import io.picklift.app.database.Transaction;
import io.picklift.app.lock.LifeSign;
import io.picklift.app.source.SaveKey;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The saves that a run has in hand, and those that an earlier process died with. Whoever uses it
 * holds the target's lock, or works for one who does: what is noted at the beginning is of
 * processes that died, but for workers that live on when their coordinator is gone. A death counts
 * where the process is gone that had the save in hand, and not where it is silent. For any thread.
 */
public final class SavesInHand {
  /** So many processes have to die with a save alone in hand before it is quarantined. */
  public static final int MOST_DEATHS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(SavesInHand.class);

  private final DataSource target;
  private final String source;

  /** By the key's hash in hex: how many processes died with the save alone in hand. */
  private volatile Map<String, Integer> suspects = Map.of();

  private final @Nullable String worker;
  private final @Nullable String slot;
  private final String infix;

  /** Of a process that holds the target's lock. */
  public SavesInHand(DataSource target, String source) {
    this(target, source, null, null, "");
  }

  private SavesInHand(
      DataSource target,
      String source,
      @Nullable String worker,
      @Nullable String slot,
      String infix) {
    this.target = target;
    this.source = source;
    this.worker = worker;
    this.slot = slot;
    this.infix = infix;
  }

  /**
   * Of a worker.
   *
   * @param worker the token of the process's {@link LifeSign}
   */
  public static SavesInHand ofWorker(DataSource target, String source, String worker) {
    return new SavesInHand(target, source, worker, null, "");
  }

  /**
   * Of a verification or a restore by workers.
   *
   * @param worker as for {@link #ofWorker}; null for the coordinator
   */
  public static SavesInHand ofScan(DataSource target, String source, @Nullable String worker) {
    return new SavesInHand(target, source, worker, null, "scan_");
  }

  /**
   * Of one attempt that another process follows.
   *
   * @param name of its notes
   */
  public SavesInHand attempt(String name) {
    return new SavesInHand(target, source, worker, name, infix);
  }

  private InHandTable table(Connection connection) {
    return new InHandTable(connection, source, infix);
  }

  /** Learns which saves are suspects, without taking anything over. */
  public void join() throws SQLException {
    suspects = Retry.connected(target, connection -> table(connection).suspects());
  }

  /**
   * An attempt of a process was not heard of again: the saves that it had in hand are suspects.
   * Where the process is there still, no death is counted, and its note stays until it says that
   * the attempt is over: if it dies instead, that counts at the next silence or the next run's
   * beginning.
   */
  public void silent(String slotOfIt) throws SQLException {
    Set<String> dead = dead();
    Retry.connected(target, connection -> takeOver(connection, slotOfIt, dead));
  }

  /** The attempt is over, and its process lives. */
  public void leave() throws SQLException {
    String mine = slot;
    if (mine != null) {
      Retry.connected(
          target,
          connection -> {
            table(connection).clearNotes(mine);
            return true;
          });
    }
  }

  /**
   * Takes over what processes that died had in hand. Where that may be workers, it is waited until
   * those that live have said so.
   */
  public void begin() throws SQLException {
    Set<String> dead = dead();
    suspects = Retry.connected(target, connection -> takeOver(connection, null, dead));
  }

  private Set<String> dead() throws SQLException {
    return new DeadWorkers(target)
        .among(Retry.connected(target, connection -> table(connection).workers()));
  }

  /**
   * @param silentSlot of an attempt that was not heard of again; null where a run begins, and of
   *     notes without a worker each is of a process that died
   */
  private Map<String, Integer> takeOver(
      Connection connection, @Nullable String silentSlot, Set<String> dead) throws SQLException {
    return Transaction.run(
        connection,
        c -> {
          InHandTable table = table(c);
          for (InHandTable.Note note : table.notes()) {
            boolean isSilent = note.slot().equals(silentSlot);
            String by = note.worker();
            boolean isGone = by == null ? isSilent || silentSlot == null : dead.contains(by);
            if (isGone || isSilent) {
              table.suspect(note.keyHashes(), note.isAlone() && isGone);
            }
            if (isGone) {
              table.clearNotes(note.slot());
            }
          }
          return table.suspects();
        });
  }

  /** Whether a process died with this save in hand, so that it is to be decoded alone. */
  public boolean isSuspect(SaveKey key) {
    return !suspects.isEmpty() && suspects.containsKey(hex(key));
  }

  /** Whether so many processes died with this save alone in hand that it is not decoded again. */
  public boolean isPoison(SaveKey key) {
    return !suspects.isEmpty() && suspects.getOrDefault(hex(key), 0) >= MOST_DEATHS;
  }

  private static String hex(SaveKey key) {
    return HexFormat.of().formatHex(key.sha256());
  }

  /** A name for the notes of one thread. */
  public String slot() {
    return slot == null ? UUID.randomUUID().toString() : slot;
  }

  /** Notes what a thread has in hand from now on, in place of what it had. */
  public void hold(String slot, Collection<SaveKey> keys, boolean isAlone) throws SQLException {
    List<byte[]> hashes = new ArrayList<>();
    keys.forEach(key -> hashes.add(key.sha256()));
    ByteBuffer joined = ByteBuffer.allocate(hashes.size() * InHandTable.HASH_BYTES);
    hashes.forEach(joined::put);
    Retry.connected(target, c -> table(c).note(slot, worker, isAlone, joined.array()));
  }

  /**
   * The run is over, and its process lives. Where the server does not take that, the next run
   * decodes alone what was in hand, which costs time and no more.
   *
   * @param isComplete whether every save was looked at
   */
  public void end(boolean isComplete) {
    try (Connection connection = target.getConnection()) {
      InHandTable table = table(connection);
      table.clearNotes();
      if (isComplete) {
        table.clearSuspects();
        suspects = Map.of();
      }
    } catch (SQLException e) {
      LOG.info("what this run had in hand stays noted", e);
    }
  }
}
