package io.picklift.app.database;

import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Closes what was opened, the last first. */
public final class ResourceCloser {
  private ResourceCloser() {}

  public static void all(Deque<AutoCloseable> open) {
    @Nullable AutoCloseable next = open.poll();
    while (next != null) {
      try {
        next.close();
      } catch (Exception e) {
        // Whatever was to be committed is; a connection that does not close is lost anyway.
        org.slf4j.LoggerFactory.getLogger(ResourceCloser.class).debug("closing failed", e);
      }
      next = open.poll();
    }
  }
}
