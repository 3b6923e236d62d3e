package io.picklift.app.writeback;

import io.picklift.app.source.LockedRows;
import io.picklift.app.source.SourceRow;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Writes a save into its row of the source, in a transaction that is open. Never commits. */
final class RowWrite {
  static final String OUT_OF_SCOPE = "once written, its row would no longer meet source.where";

  private final SourceCopies copies;
  private final SourceConflict conflicts;

  RowWrite(SourceCopies copies, SourceConflict conflicts) {
    this.copies = copies;
    this.conflicts = conflicts;
  }

  /**
   * What became of the row.
   *
   * @param row as it is now; null where there is a problem
   * @param problem why the save is not in it, null where it is
   * @param isTouched whether something was written, which is to be committed or, with a problem, to
   *     be undone
   */
  record Result(@Nullable SourceRow row, @Nullable String problem, boolean isTouched) {}

  /** Writes it, unless the row is not what was last seen of it. */
  Result run(WritingLedger.Entry entry, Restored save, LockedRows.Row row) throws SQLException {
    SourceRow before = row.get();
    if (save.sha256().equals(before.blobSha256())) {
      // Its commit was not heard of.
      return new Result(before, null, false);
    }
    String problem = conflicts.of(entry, row);
    if (problem == null) {
      problem = copies.problem(save.meaning(), before);
    }
    if (problem != null) {
      return new Result(null, problem, false);
    }
    problem = refusal(save, row, before);
    return new Result(problem == null ? row.get() : null, problem, true);
  }

  /** Writes the row; why the source does not take it as it is, null where it does. */
  private @Nullable String refusal(Restored save, LockedRows.Row row, SourceRow before)
      throws SQLException {
    try {
      if (!row.write(save.blob(), copies.changed(save.meaning(), before))) {
        return OUT_OF_SCOPE;
      }
    } catch (SQLException e) {
      return SourceConflict.refused(e);
    }
    return unlike(save, row.get());
  }

  /** What the source's row does not hold as it was written; null where it does. */
  @Nullable String unlike(Restored save, SourceRow row) {
    if (!save.sha256().equals(row.blobSha256())) {
      return "the source's column does not hold the BLOB: it cuts or converts it";
    }
    String column = copies.unheld(save.meaning(), row);
    return column == null ? null : "the source's column " + column + " does not hold its value";
  }
}
