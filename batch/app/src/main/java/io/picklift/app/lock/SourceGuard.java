package io.picklift.app.lock;

import io.picklift.app.database.Retry;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.source.RowGuard;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets whoever has the target write into the source, and nobody else. That this process has the
 * target still is looked at while it has the rows locked: whoever takes over has to wait for these
 * rows, or ends the connection that has them, which undoes what was written.
 */
public final class SourceGuard implements RowGuard {
  private static final Logger LOG = LoggerFactory.getLogger(SourceGuard.class);

  private final Fence fence;
  private final DataSource target;
  private @Nullable String prefix;
  private @Nullable WriterMarks marks;

  public SourceGuard(Fence fence, DataSource target) {
    this.fence = fence;
    this.target = target;
  }

  @Override
  public void begin(Connection source) throws SQLException {
    WriterMarks mine = marks();
    try {
      mine.mark(source);
    } catch (SQLException e) {
      if (ServerErrors.isTransient(e)) {
        throw e;
      }
      // A cluster may have no named locks. Then whoever takes over waits for the row.
      LOG.info("the source's server gives no named lock: {}", e.getMessage());
    }
  }

  @Override
  public void check() throws SQLException {
    try (Connection connection = target.getConnection()) {
      fence.check(connection);
    }
  }

  @Override
  public void endOthers(Connection source) throws SQLException {
    int unused = WriterMarks.end(source, prefix());
  }

  private synchronized WriterMarks marks() throws SQLException {
    WriterMarks known = marks;
    if (known == null) {
      known = new WriterMarks(prefix());
      marks = known;
    }
    return known;
  }

  private synchronized String prefix() throws SQLException {
    String known = prefix;
    if (known == null) {
      known = prefix(Retry.connected(target, Connection::getCatalog));
      prefix = known;
    }
    return known;
  }

  /** How the names of the marks begin, by the target's schema. */
  static String prefix(String schema) {
    return TargetLock.name("picklift-s:", schema);
  }
}
