package io.picklift.app.encoding.compressed;

import io.picklift.app.encoding.format.Encoding;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The compressed formats. */
public final class Compressions {
  /** What a decoder of xz, lzma or 7z may take, in KiB; the largest preset takes 65 MB. */
  public static final int MEMORY_KIB = 128 * 1024;

  private static final int HEAD = 16;

  private static final ZipMember ZIP = new ZipMember();
  private static final Encoding ZLIB = new Zlib();
  private static final List<StreamEncoding> STREAMS =
      List.of(new Gzip(), new Bzip2(), new Xz(), new Zstd(), new Lz4(), new Snappy(), new Lzma());

  private static final List<Encoding> ALL = all();

  private Compressions() {}

  private static List<Encoding> all() {
    List<Encoding> all = new java.util.ArrayList<>(STREAMS);
    all.add(ZLIB);
    all.add(ZIP);
    all.add(new MysqlCompress());
    all.add(new RawDeflate());
    return List.copyOf(all);
  }

  /** All of them, those with the surest signatures first. */
  public static List<Encoding> list() {
    return ALL;
  }

  public static Encoding zlib() {
    return ZLIB;
  }

  public static boolean isZip(byte[] head) {
    return ZIP.detects(head);
  }

  /**
   * Opens a compressed stream, told by its first bytes; null where it is none.
   *
   * @param in must support {@code mark}
   */
  public static @Nullable InputStream open(InputStream in) throws IOException {
    in.mark(HEAD);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    for (StreamEncoding stream : STREAMS) {
      if (stream.detects(head)) {
        return stream.open(in);
      }
    }
    return null;
  }
}
