package io.picklift.app.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output, which may be a full disk or a closed pipe. The first write that fails throws an
 * exception that names the file; later writes are dropped, so that the failure is reported once.
 */
public final class ResultStream extends FilterOutputStream {
  private boolean hasFailed;

  public ResultStream(OutputStream out) {
    super(out);
  }

  private interface Write {
    void run() throws IOException;
  }

  private void once(Write write) throws IOException {
    if (hasFailed) {
      return;
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
