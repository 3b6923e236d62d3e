package io.picklift.app.job;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes a save again, with no other save being decoded, after an OutOfMemoryError. The error does
 * not say which of several saves needed too much memory; a save that fails alone is refused as
 * {@code limit}. For any thread.
 */
final class LastResort {
  private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

  private final ReadWriteLock working = new ReentrantReadWriteLock(true);

  /**
   * Does the work.
   *
   * @param refused what becomes of a save that is too large even alone
   */
  <T> T run(Supplier<T> work, Supplier<T> refused) {
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
  <T> T alone(Supplier<T> work, Supplier<T> refused) {
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
}
