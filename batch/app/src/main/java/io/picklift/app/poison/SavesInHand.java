package io.picklift.app.poison;

import io.picklift.app.database.Retry;
import io.picklift.app.database.Transaction;
import io.picklift.app.source.SaveKey;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The saves that a run has in hand, and those that an earlier process died with. Whoever uses it
 * holds the target's lock, so what is noted at the beginning is of a process that died. For any
 * thread.
 */
public final class SavesInHand {
  /** So many processes have to die with a save alone in hand before it is quarantined. */
  public static final int MOST_DEATHS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(SavesInHand.class);

  private final DataSource target;
  private final String source;

  /** By the key's hash in hex: how many processes died with the save alone in hand. */
  private volatile Map<String, Integer> suspects = Map.of();

  private final @Nullable String slot;
  private final String infix;

  public SavesInHand(DataSource target, String source) {
    this(target, source, null);
  }

  /**
   * Of one attempt that another process follows.
   *
   * @param slot the name of its notes; null where each thread has one of its own
   */
  public SavesInHand(DataSource target, String source, @Nullable String slot) {
    this(target, source, slot, "");
  }

  private SavesInHand(DataSource target, String source, @Nullable String slot, String infix) {
    this.target = target;
    this.source = source;
    this.slot = slot;
    this.infix = infix;
  }

  /**
   * Of a verification or a restore by workers.
   *
   * @param slot the name of an attempt's notes; null for the coordinator, which has none
   */
  public static SavesInHand ofScan(DataSource target, String source, @Nullable String slot) {
    return new SavesInHand(target, source, slot, "scan_");
  }

  private InHandTable table(Connection connection) {
    return new InHandTable(connection, source, infix);
  }

  /** Learns which saves are suspects, without taking anything over. */
  public void join() throws SQLException {
    suspects = Retry.connected(target, connection -> table(connection).suspects());
  }

  /** Takes over what one attempt of a process had in hand that was not heard of again. */
  public void died(String deadSlot) throws SQLException {
    Retry.connected(target, connection -> takeOver(connection, deadSlot));
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

  /** Takes over what a process that died had in hand. */
  public void begin() throws SQLException {
    suspects = Retry.connected(target, connection -> takeOver(connection, null));
  }

  private Map<String, Integer> takeOver(Connection connection, @Nullable String deadSlot)
      throws SQLException {
    InHandTable table = table(connection);
    return Transaction.run(
        connection,
        c -> {
          for (InHandTable.Note note : table.notes(deadSlot)) {
            table.suspect(note.keyHashes(), note.isAlone());
          }
          if (deadSlot == null) {
            table.clearNotes();
          } else {
            table.clearNotes(deadSlot);
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
    Retry.connected(target, c -> table(c).note(slot, isAlone, joined.array()));
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
