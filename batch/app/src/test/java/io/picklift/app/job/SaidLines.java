package io.picklift.app.job;

import io.picklift.app.source.ProgressListener;
import java.util.List;

/** Keeps the lines that a job says. */
public record SaidLines(List<String> lines) implements ProgressListener {
  @Override
  public void start(String what, long rows) {}

  @Override
  public void done(long rows) {}

  @Override
  public void say(String line) {
    lines.add(line);
  }
}
