package io.picklift.app.memory;

import io.picklift.app.database.OutOfMemory;
import java.sql.SQLException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on a save again, with no other save being worked on, after an OutOfMemoryError. The error
 * does not say which of several saves needed too much memory; a save that fails alone is too large.
 * For any thread.
 */
public final class LastResort {
  private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

  private final ReadWriteLock working = new ReentrantReadWriteLock(true);

  /** Work that may be done more than once. */
  public interface Work<T> {
    T run() throws SQLException;
  }

  /**
   * Does the work.
   *
   * @param refused what becomes of a save that is too large even alone
   */
  public <T> T run(Supplier<T> work, Supplier<T> refused) {
    working.readLock().lock();
    try {
      return work.get();
    } catch (OutOfMemoryError e) {
      LOG.info("a save is decoded again alone, since there was not enough memory", e);
    } finally {
      working.readLock().unlock();
    }
    return alone(work, refused);
  }

  /** Does the work with nothing else being decoded. */
  public <T> T alone(Supplier<T> work, Supplier<T> refused) {
    working.writeLock().lock();
    try {
      return work.get();
    } catch (OutOfMemoryError e) {
      LOG.info("a save is refused, since there was not enough memory for it alone", e);
      return refused.get();
    } finally {
      working.writeLock().unlock();
    }
  }

  /** Does work on servers beside that of others; null where there was not enough memory. */
  public <T> @Nullable T beside(Work<T> work) throws SQLException {
    working.readLock().lock();
    try {
      return orNull(work);
    } finally {
      working.readLock().unlock();
    }
  }

  /** Does work on servers with no other being done; null where there was not enough memory. */
  public <T> @Nullable T alone(Work<T> work) throws SQLException {
    working.writeLock().lock();
    try {
      return orNull(work);
    } finally {
      working.writeLock().unlock();
    }
  }

  /** Does work on servers; null where there was not enough memory. */
  static <T> @Nullable T orNull(Work<T> work) throws SQLException {
    try {
      return work.run();
    } catch (OutOfMemoryError e) {
      LOG.info("there was not enough memory", e);
      return null;
    } catch (SQLException e) {
      if (!OutOfMemory.is(e)) {
        throw e;
      }
      LOG.info("there was not enough memory to read from a server", e);
      return null;
    }
  }
}
