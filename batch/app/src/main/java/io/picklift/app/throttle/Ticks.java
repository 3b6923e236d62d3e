package io.picklift.app.throttle;

import java.util.concurrent.TimeUnit;

/** The time that passes, and waiting for it. For any thread. */
interface Ticks {
  Ticks REAL =
      new Ticks() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(nanos);
        }
      };

  /** As {@link System#nanoTime}. */
  long nanos();

  /** Returns when about so much time has passed. */
  void sleep(long nanos) throws InterruptedException;
}
