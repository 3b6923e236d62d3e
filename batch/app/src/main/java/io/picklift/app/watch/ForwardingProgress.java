package io.picklift.app.watch;

import io.picklift.app.source.ProgressListener;

/** Hands all progress on; for those who watch some of it. */
public class ForwardingProgress implements ProgressListener {
  private final ProgressListener next;

  protected ForwardingProgress(ProgressListener next) {
    this.next = next;
  }

  @Override
  public void start(String what, long rows) {
    next.start(what, rows);
  }

  @Override
  public void sized(String what, long bytes) {
    next.sized(what, bytes);
  }

  @Override
  public void followed(String what, double share) {
    next.followed(what, share);
  }

  @Override
  public void worked(long saves, long bytes) {
    next.worked(saves, bytes);
  }

  @Override
  public void done(long rows) {
    next.done(rows);
  }

  @Override
  public void read(long saves, long bytes) {
    next.read(saves, bytes);
  }

  @Override
  public void wrote(long saves, long quarantined, long rows, long nanos) {
    next.wrote(saves, quarantined, rows, nanos);
  }

  @Override
  public void say(String line) {
    next.say(line);
  }
}
