package io.picklift.app.workers.run;

import io.picklift.app.source.ProgressListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What is told while something goes on. */
final class Said implements ProgressListener {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  public void start(String what, long rows) {
    // What it says is looked at, and no progress.
  }

  @Override
  public void done(long rows) {
    // As above.
  }

  @Override
  public void say(String line) {
    lines.add(line);
  }

  /** Waits until a line was said; the test's own bound ends it. */
  void await(String line) throws InterruptedException {
    while (!lines.contains(line)) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
