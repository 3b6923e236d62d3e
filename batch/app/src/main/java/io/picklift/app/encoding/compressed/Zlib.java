package io.picklift.app.encoding.compressed;

import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** zlib (RFC 1950), as Python's {@code zlib.compress} makes it. A style is the level. */
final class Zlib implements Encoding {
  private static final int SHORTEST = 8;

  @Override
  public String label() {
    return "zlib";
  }

  /** Method 8, a check of the two header bytes, no preset dictionary; the window that all use. */
  static boolean isHeader(byte[] bytes, int at) {
    return bytes.length - at >= SHORTEST
        && bytes[at] == 0x78
        && ((bytes[at] & 0xff) * 256 + (bytes[at + 1] & 0xff)) % 31 == 0
        && (bytes[at + 1] & 0x20) == 0;
  }

  @Override
  public boolean detects(byte[] bytes) {
    return isHeader(bytes, 0);
  }

  @Override
  public boolean isCertain() {
    return true;
  }

  @Override
  public List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException {
    byte[] inner = Deflate.inflate(bytes, 0, bytes.length, false, room);
    if (inner == null) {
      throw EncodingException.damaged(label());
    }
    return List.of(inner);
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return levels(outer[1]);
  }

  /** The levels that write this second byte of a header: 0 and 1, 2 to 5, 6, 7 to 9. */
  static List<String> levels(byte second) {
    List<String> levels = new ArrayList<>();
    for (int level : Deflate.LEVELS) {
      byte written = level < 2 ? 0x01 : level < 6 ? 0x5e : (byte) (level == 6 ? 0x9c : 0xda);
      if (second == written) {
        levels.add(Integer.toString(level));
      }
    }
    return levels.isEmpty() ? List.of("6") : List.copyOf(levels);
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    return Deflate.deflate(inner, Integer.parseInt(style), false);
  }

  @Override
  public boolean gives(byte[] outer, byte[] inner, String style) throws IOException {
    return Deflate.gives(outer, 0, outer.length, inner, Integer.parseInt(style), false);
  }
}
