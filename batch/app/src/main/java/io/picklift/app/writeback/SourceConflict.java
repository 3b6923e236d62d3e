package io.picklift.app.writeback;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.source.LockedRows;
import io.picklift.app.source.SourceRow;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a row of the source is not written, as a person reads it. */
final class SourceConflict {
  private SourceConflict() {}

  /** What was written there since the row was last seen; null for nothing. */
  static @Nullable String of(WritingLedger.Entry entry, LockedRows.Row locked) {
    if (entry.blobSha256() == null) {
      return "it is new, and the source has a row of its key";
    }
    if (!locked.isInScope()) {
      return "source.where now excludes its row in the source";
    }
    SourceRow row = locked.get();
    if (!Objects.equals(entry.blobSha256(), row.blobSha256())) {
      return "the BLOB was written in the source since";
    }
    boolean isBeside =
        entry.carriedSha256() != null
            && !Objects.equals(entry.carriedSha256(), row.carried().sha256());
    if (isBeside || !Objects.equals(entry.watermark(), row.watermark())) {
      return "columns beside the BLOB were written in the source since";
    }
    return null;
  }

  /**
   * The same where the server refused a statement about the row.
   *
   * @throws SQLException if it was not about this row
   */
  static String refused(SQLException e) throws SQLException {
    if (e.getErrorCode() == MysqlErrorNumbers.ER_NO_DEFAULT_FOR_FIELD) {
      return "the source's table has a column without a default: source.insert names its value";
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
