package io.picklift.app.job;

import io.picklift.app.database.Retry;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Finds ledger entries whose row is gone from the source, page by page, and deletes what the target
 * has of them.
 */
class GoneTasklet implements Tasklet {
  private static final int PAGE = 500;

  private final SaveSource source;
  private final DataSource target;
  private final Handler handler;
  private long after;

  /** What to do with saves that are gone, by save id. */
  interface Handler {
    void gone(Map<Long, SaveKey> gone) throws SQLException;
  }

  GoneTasklet(SaveSource source, DataSource target, Handler handler) {
    this.source = source;
    this.target = target;
    this.handler = handler;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context)
      throws SQLException {
    Map<Long, SaveKey> page = Retry.retrying(this::page);
    if (page.isEmpty()) {
      return RepeatStatus.FINISHED;
    }
    Set<SaveKey> present = new HashSet<>(Retry.retrying(() -> source.present(page.values())));
    Map<Long, SaveKey> gone = new LinkedHashMap<>();
    page.forEach(
        (saveId, key) -> {
          if (!present.contains(key)) {
            gone.put(saveId, key);
          }
          after = Math.max(after, saveId);
        });
    if (!gone.isEmpty()) {
      handler.gone(gone);
      contribution.incrementWriteCount(gone.size());
    }
    return RepeatStatus.CONTINUABLE;
  }

  private Map<Long, SaveKey> page() throws SQLException {
    String sql =
        "SELECT save_id, source_key FROM picklift_save WHERE source_table = ? AND status <> 'deleted'"
            + " AND save_id > ? ORDER BY save_id LIMIT "
            + PAGE;
    try (Connection connection = target.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source.name());
      select.setLong(2, after);
      Map<Long, SaveKey> page = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.put(row.getLong(1), SaveKey.parse(row.getString(2), source.keyColumns()));
        }
      }
      return page;
    }
  }
}
