package io.picklift.app.encoding.compressed;

import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The deflate algorithm, which several formats wrap. */
final class Deflate {
  private static final int CHUNK = 1 << 14;

  private Deflate() {}

  /** The levels that people use first: the default, the best, the fastest, the rest. */
  static final int[] LEVELS = {6, 9, 1, 5, 7, 8, 4, 3, 2, 0};

  /**
   * Inflates all of {@code bytes} from {@code from} to {@code to}.
   *
   * @param raw whether without the header and check of zlib
   * @return null where the data are damaged, cut, or end before {@code to}
   */
  static byte @Nullable [] inflate(byte[] bytes, int from, int to, boolean raw, OutputBudget room)
      throws EncodingException {
    Inflater inflater = new Inflater(raw);
    try {
      inflater.setInput(bytes, from, to - from);
      ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, (to - from) * 2));
      byte[] buffer = new byte[CHUNK];
      while (!inflater.finished()) {
        int n = inflater.inflate(buffer);
        if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          return null;
        }
        room.check(out.size() + (long) n);
        out.write(buffer, 0, n);
      }
      return inflater.getRemaining() > 0 ? null : out.toByteArray();
    } catch (DataFormatException e) {
      return null;
    } finally {
      inflater.end();
    }
  }

  static byte[] deflate(byte[] bytes, int level, boolean raw) {
    Deflater deflater = new Deflater(level, raw);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
      byte[] buffer = new byte[CHUNK];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /** Whether deflating gives these bytes; ends at the first that differs. */
  static boolean gives(byte[] outer, int from, int to, byte[] inner, int level, boolean raw)
      throws IOException {
    Deflater deflater = new Deflater(level, raw);
    try {
      deflater.setInput(inner);
      deflater.finish();
      byte[] buffer = new byte[CHUNK];
      int at = from;
      while (!deflater.finished()) {
        int n = deflater.deflate(buffer);
        if (n > to - at || !java.util.Arrays.equals(buffer, 0, n, outer, at, at + n)) {
          return false;
        }
        at += n;
      }
      return at == to;
    } finally {
      deflater.end();
    }
  }
}
