package io.picklift.app.encoding.compressed;

import io.picklift.app.encoding.format.ByteLiterals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** gzip. A style is the level, a colon and the header, which has the time. */
final class Gzip extends StreamEncoding {
  private static final int HEADER = 10;
  private static final int FLAGS_AT = 3;
  private static final int NAME = 8;
  private static final int TRAILER = 8;

  Gzip() {
    super("gzip", (byte) 0x1f, (byte) 0x8b, (byte) 8);
  }

  @Override
  InputStream open(InputStream in) throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(in)
        .setDecompressConcatenated(true)
        .get();
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    String header = ByteLiterals.of(java.util.Arrays.copyOf(outer, header(outer)));
    List<String> styles = new ArrayList<>();
    // The default of Python's gzip is 9.
    styles.add("9:" + header);
    for (int level : Deflate.LEVELS) {
      if (level != 9) {
        styles.add(level + ":" + header);
      }
    }
    return styles;
  }

  /** How long the header is, with a name where there is one. */
  private static int header(byte[] outer) {
    int end = HEADER;
    if ((outer[FLAGS_AT] & NAME) != 0) {
      while (end < outer.length - TRAILER && outer[end] != 0) {
        end++;
      }
      end++;
    }
    return end;
  }

  @Override
  public byte[] make(byte[] inner, String style) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(inner.length / 2 + 64);
    out.write(headerOf(style));
    out.write(Deflate.deflate(inner, level(style), true));
    out.write(trailer(inner));
    return out.toByteArray();
  }

  @Override
  public boolean gives(byte[] outer, byte[] inner, String style) throws IOException {
    int end = outer.length - TRAILER;
    return end > HEADER
        && Deflate.gives(outer, headerOf(style).length, end, inner, level(style), true)
        && ByteLiterals.startsWith(outer, end, trailer(inner));
  }

  private static int level(String style) {
    return style.charAt(0) - '0';
  }

  private static byte[] headerOf(String style) {
    return ByteLiterals.bytes(style.substring(2));
  }

  private static byte[] trailer(byte[] inner) {
    CRC32 check = new CRC32();
    check.update(inner);
    byte[] trailer = new byte[TRAILER];
    for (int i = 0; i < 4; i++) {
      trailer[i] = (byte) (check.getValue() >>> (8 * i));
      trailer[4 + i] = (byte) (inner.length >>> (8 * i));
    }
    return trailer;
  }
}
