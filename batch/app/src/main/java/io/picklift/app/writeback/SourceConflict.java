package io.picklift.app.writeback;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import io.picklift.app.account.SideChoice;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.source.LockedRows;
import io.picklift.app.source.SourceRow;
import io.picklift.app.view.SafeText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a row of the source is not written, as a person reads it. */
final class SourceConflict {
  private final SourceConfig config;
  private final boolean areTablesTaken;

  /**
   * @param areTablesTaken whether what was written in the source since is no conflict
   */
  SourceConflict(SourceConfig config, boolean areTablesTaken) {
    this.config = config;
    this.areTablesTaken = areTablesTaken;
  }

  /** What was written there since the row was last seen; null for nothing. */
  @Nullable String of(WritingLedger.Entry entry, LockedRows.Row locked) {
    if (entry.blobSha256() == null) {
      return "it is new, and the source has a row of its key";
    }
    if (!locked.isInScope()) {
      return "source.where now excludes its row in the source";
    }
    String written = areTablesTaken ? null : written(entry, locked.get());
    return written == null ? null : written + SideChoice.EITHER;
  }

  private @Nullable String written(WritingLedger.Entry entry, SourceRow row) {
    if (!Objects.equals(entry.blobSha256(), row.blobSha256())) {
      return "the BLOB was written in the source since";
    }
    if (entry.carriedSha256() != null
        && !Objects.equals(entry.carriedSha256(), row.carried().sha256())) {
      return "columns beside the BLOB (of " + beside() + ") were written in the source since";
    }
    if (!Objects.equals(entry.watermark(), row.watermark())) {
      return "the source's "
          + config.watermark()
          + " changed since: it was "
          + shown(entry.watermark())
          + " and is "
          + shown(row.watermark());
    }
    return null;
  }

  /** All of which one hash is compared. */
  private String beside() {
    List<String> columns = new ArrayList<>(config.carry());
    columns.addAll(config.hashedCopies());
    return String.join(", ", columns);
  }

  private static String shown(@Nullable String watermark) {
    return watermark == null ? "NULL" : "'" + SafeText.line(watermark) + "'";
  }

  /**
   * The same where the server refused a statement about the row.
   *
   * @throws SQLException if it was not about this row
   */
  static String refused(SQLException e) throws SQLException {
    if (e.getErrorCode() == MysqlErrorNumbers.ER_NO_DEFAULT_FOR_FIELD) {
      return "the source's table has a column without a default"
          + RefusedPlace.of(e)
          + ": source.insert has to name its value";
    }
    if (!ServerErrors.isRowRefused(e)) {
      throw e;
    }
    return "the source refuses the row: error "
        + e.getErrorCode()
        + ", SQLSTATE "
        + e.getSQLState()
        + RefusedPlace.of(e);
  }
}
