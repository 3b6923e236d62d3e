package io.picklift.jython.hostile;

import java.util.concurrent.atomic.AtomicInteger;

/** A class that hostile pickles name: it knows when it was reached. */
public final class Canary {
  private static final AtomicInteger REACHED = new AtomicInteger();

  public Canary() {
    REACHED.incrementAndGet();
  }

  public static String reach(String said) {
    REACHED.incrementAndGet();
    return said;
  }

  static int takeCount() {
    return REACHED.getAndSet(0);
  }
}
