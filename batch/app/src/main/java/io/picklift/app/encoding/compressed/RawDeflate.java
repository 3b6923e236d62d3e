package io.picklift.app.encoding.compressed;

import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Deflate without a header, as PHP's {@code gzdeflate} makes it. A style is the level. */
final class RawDeflate implements Encoding {
  private static final int SHORTEST = 4;

  /** The block type that there is none of. */
  private static final int RESERVED = 3;

  @Override
  public String label() {
    return "deflate";
  }

  @Override
  public boolean detects(byte[] bytes) {
    return bytes.length >= SHORTEST && (bytes[0] >> 1 & 3) != RESERVED;
  }

  @Override
  public boolean isWeak() {
    return true;
  }

  @Override
  public List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException {
    byte[] inner = Deflate.inflate(bytes, 0, bytes.length, true, room);
    return inner == null ? List.of() : List.of(inner);
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return Arrays.stream(Deflate.LEVELS).mapToObj(Integer::toString).toList();
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    return Deflate.deflate(inner, Integer.parseInt(style), true);
  }

  @Override
  public boolean gives(byte[] outer, byte[] inner, String style) throws IOException {
    return Deflate.gives(outer, 0, outer.length, inner, Integer.parseInt(style), true);
  }
}
