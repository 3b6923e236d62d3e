package io.picklift.app.encoding.format;

import io.picklift.codec.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * How much may come out of one value, all its layers together: within the save's share of the heap,
 * and in proportion to the value as it is stored, since a bomb inside a bomb multiplies ratios. For
 * one value.
 */
public final class OutputBudget {
  private static final int CHUNK = 1 << 14;

  private final long most;
  private long held;

  /** The budget for what comes out of a value of {@code blobLength} bytes. */
  public OutputBudget(Limits limits, long blobLength) {
    // While a layer grows it is copied: what is held may take half of what decoding may.
    this.most = Math.min(limits.unpackedFor(blobLength), limits.memoryToDecode() / 2);
  }

  /** The most bytes that one layer may have now. */
  public long left() {
    return Math.max(0, most - held);
  }

  /** Notes that a layer of so many bytes is kept while others are undone. */
  public void hold(long bytes) {
    held += bytes;
  }

  /** Notes that such a layer is given up. */
  public void release(long bytes) {
    held -= bytes;
  }

  /** Refuses a layer of so many bytes. */
  public void check(long size) throws EncodingException {
    if (size > left() || size > Integer.MAX_VALUE - 16) {
      throw EncodingException.limit(most);
    }
  }

  /** Reads all of {@code in}, and closes it. */
  public byte[] drain(InputStream in) throws EncodingException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[CHUNK];
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        check(out.size() + (long) n);
        out.write(buffer, 0, n);
      }
    }
    return out.toByteArray();
  }
}
