package io.picklift.app.throttle;

import java.util.HashSet;
import java.util.Set;

/** How many threads may work at a time; one that is over the number waits. For any thread. */
final class Slots {
  private final Set<Thread> working = new HashSet<>();
  private int most = Integer.MAX_VALUE;

  synchronized void change(int newMost) {
    most = newMost;
  }

  /** Whether this thread may work on; if not, it is not counted while it waits. */
  synchronized boolean isGranted(Thread thread) {
    boolean isWorking = working.contains(thread);
    if (working.size() < most || (isWorking && working.size() == most)) {
      working.add(thread);
      return true;
    }
    working.remove(thread);
    return false;
  }

  /** This thread has nothing to do any more. */
  synchronized void leave(Thread thread) {
    working.remove(thread);
  }
}
