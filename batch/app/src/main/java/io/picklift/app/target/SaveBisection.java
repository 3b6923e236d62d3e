package io.picklift.app.target;

import io.picklift.app.beside.BesideColumn;
import io.picklift.app.bulk.BulkSender;
import io.picklift.app.bulk.LoadRefusedException;
import io.picklift.app.bulk.ServerTraits;
import io.picklift.app.source.SaveKey;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.rows.RowWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch, and where the server refuses a row of it, halves it until the saves are found
 * that cannot be written: these are quarantined, and all others are written. Within the caller's
 * transaction.
 */
final class SaveBisection {
  private final @Nullable BesideColumn beside;
  private final Connection connection;
  private final ServerTraits traits;
  private final Mapping mapping;
  private final Supplier<BatchText> texts;
  private final Set<SaveKey> merged;
  private @Nullable BatchText text;
  private boolean isLoadUseless;

  /**
   * @param texts makes texts that are inserted, for parts of a batch
   * @param beside the source's column that gets the documents; null for none
   * @param merged saves that are not quarantined where they are refused
   */
  SaveBisection(
      Connection connection,
      ServerTraits traits,
      Mapping mapping,
      Supplier<BatchText> texts,
      @Nullable BesideColumn beside,
      Set<SaveKey> merged) {
    this.mapping = mapping;
    this.merged = Set.copyOf(merged);
    this.beside = beside;
    this.connection = connection;
    this.traits = traits;
    this.texts = texts;
  }

  /**
   * The server refuses a row of a merged save. It is not quarantined as another would be: its edits
   * are in the target alone. Nothing of the transaction may be committed.
   */
  static final class RefusedMergeException extends SQLException {
    private static final long serialVersionUID = 1L;
    private final transient SaveKey key;

    private RefusedMergeException(SaveKey key, SQLException refused) {
      super(TargetRefusal.of(refused).message(), refused);
      this.key = key;
    }

    SaveKey key() {
      return key;
    }
  }

  /** Writes saves, whose rows are ready; returns what became of them. */
  List<PreparedSave> write(List<NumberedSave> saves, BatchText ready) throws SQLException {
    SQLException refused = send(ready);
    if (refused == null) {
      return saves.stream().map(NumberedSave::save).toList();
    }
    List<PreparedSave> written = new ArrayList<>();
    if (refused instanceof LoadRefusedException) {
      // An INSERT says what is wrong; if nothing is, the next load would be for nothing, too.
      isLoadUseless = insert(saves, written);
    } else {
      halve(saves, refused, written);
    }
    return written;
  }

  /** Whether LOAD DATA refused rows that INSERT takes. */
  boolean isLoadUseless() {
    return isLoadUseless;
  }

  /** Writes saves; returns whether all of them were written as they are. */
  private boolean insert(List<NumberedSave> saves, List<PreparedSave> written) throws SQLException {
    BatchText rows = text;
    if (rows == null) {
      rows = texts.get();
      text = rows;
    }
    rows.fill(saves);
    SQLException refused = send(rows);
    if (refused != null) {
      halve(saves, refused, written);
      return false;
    }
    saves.forEach(save -> written.add(save.save()));
    return true;
  }

  private void halve(List<NumberedSave> saves, SQLException refused, List<PreparedSave> written)
      throws SQLException {
    if (saves.size() > 1) {
      int half = saves.size() / 2;
      insert(saves.subList(0, half), written);
      insert(saves.subList(half, saves.size()), written);
      return;
    }
    NumberedSave bad = saves.get(0);
    if (bad.save().content() instanceof PreparedSave.Quarantined) {
      // Its ledger row itself is refused: no quarantine can tell of it.
      throw refused;
    }
    if (merged.contains(bad.save().key())) {
      throw new RefusedMergeException(bad.save().key(), refused);
    }
    if (!bad.kept().isEmpty()) {
      RowWriter.delete(connection, mapping, List.of(bad.saveId()));
    }
    insert(List.of(bad.with(bad.save().refused(TargetRefusal.of(refused)))), written);
  }

  /** Sends rows, or nothing of them; returns why the server refused a row, or null. */
  private @Nullable SQLException send(BatchText rows) throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    try {
      rows.send(new BulkSender(connection, traits));
      if (beside != null) {
        beside.write(connection, rows.documents());
      }
    } catch (SQLException e) {
      if (!TargetRefusal.isAboutData(e)) {
        throw e;
      }
      connection.rollback(savepoint);
      return e;
    }
    connection.releaseSavepoint(savepoint);
    return null;
  }
}
