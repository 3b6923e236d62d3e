package io.picklift.app.encoding.parts;

import io.picklift.app.encoding.compressed.Compressions;
import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import io.picklift.app.encoding.format.PickleShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An entry of Django's file cache: a pickle of the time at which it expires, and behind it the
 * value's pickle, compressed by zlib. Read as a stream of both pickles. A style is that of zlib.
 */
final class FileCache implements Encoding {
  private static final Encoding ZLIB = Compressions.zlib();

  /** A pickle of a float or of None. */
  private static final int LONGEST_EXPIRY = 32;

  private static final int PROTO = 0x80;

  @Override
  public String label() {
    return "django-file-cache";
  }

  @Override
  public boolean detects(byte[] bytes) {
    return end(bytes) > 0;
  }

  /** Where the compressed pickle begins; -1 where there is none. */
  private static int end(byte[] bytes) {
    if (bytes.length < 3 || (bytes[0] & 0xff) != PROTO) {
      return -1;
    }
    int end = PickleShape.end(Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_EXPIRY)));
    return end > 0 && ZLIB.detects(rest(bytes, end)) ? end : -1;
  }

  private static byte[] rest(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  @Override
  public List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException, IOException {
    int end = end(bytes);
    if (end < 0) {
      throw EncodingException.damaged(label());
    }
    List<byte[]> found = new ArrayList<>();
    for (byte[] value : ZLIB.undo(rest(bytes, end), room)) {
      if (PickleShape.isDone(value)) {
        found.add(ByteLiterals.join(Arrays.copyOf(bytes, end), value));
      }
    }
    return found;
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    int end = end(outer);
    return end < 0 ? List.of() : ZLIB.styles(rest(outer, end), rest(inner, end));
  }

  @Override
  public byte[] make(byte[] inner, String style) throws IOException {
    int end = PickleShape.end(inner);
    return ByteLiterals.join(Arrays.copyOf(inner, end), ZLIB.make(rest(inner, end), style));
  }
}
