package io.picklift.app.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, which may be a full disk or a closed pipe. The first write that fails throws an
 * exception that names the file; later writes are dropped, so that the failure is reported once.
 */
public final class ResultStream extends FilterOutputStream {
  private boolean hasFailed;
  private volatile @Nullable Runnable endProgress;
  private volatile boolean isProgressEndedByWrites;

  public ResultStream(OutputStream out) {
    super(out);
  }

  /**
   * What is shown of a command's progress, maybe on the same terminal.
   *
   * @param isEndedByWrites whether what is written here ends it
   */
  void shows(Runnable end, boolean isEndedByWrites) {
    endProgress = end;
    isProgressEndedByWrites = isEndedByWrites;
  }

  /** Ends what is shown of the progress, so that no result is glued to it. */
  public void endProgress() {
    Runnable end = endProgress;
    if (end != null) {
      endProgress = null;
      end.run();
    }
  }

  private interface Write {
    void run() throws IOException;
  }

  private void once(Write write) throws IOException {
    if (hasFailed) {
      return;
    }
    if (isProgressEndedByWrites) {
      endProgress();
    }
    try {
      write.run();
    } catch (IOException e) {
      hasFailed = true;
      throw new IOException("standard output: " + e.getMessage(), e);
    }
  }

  @Override
  public void write(int b) throws IOException {
    once(() -> out.write(b));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    once(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() throws IOException {
    once(out::flush);
  }
}
