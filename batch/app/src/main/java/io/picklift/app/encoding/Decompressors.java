package io.picklift.app.encoding;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorInputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** Opens what is compressed as one stream. */
public final class Decompressors {
  /** What a decoder of xz or 7z may take, in KiB; the largest preset takes 65 MB. */
  public static final int MEMORY_KIB = 128 * 1024;

  private Decompressors() {}

  /**
   * Opens {@code in}; several streams one after the other count as one, where the format has that.
   *
   * @param in must support {@code mark}
   */
  public static InputStream open(Encoding encoding, InputStream in) throws IOException {
    return switch (encoding) {
      case GZIP ->
          GzipCompressorInputStream.builder()
              .setInputStream(in)
              .setDecompressConcatenated(true)
              .get();
      case BZIP2 -> new BZip2CompressorInputStream(in, true);
      case XZ ->
          XZCompressorInputStream.builder()
              .setInputStream(in)
              .setDecompressConcatenated(true)
              .setMemoryLimitKiB(MEMORY_KIB)
              .get();
      case ZSTD -> new ZstdCompressorInputStream(in);
      case LZ4 -> new FramedLZ4CompressorInputStream(in, true);
      case SNAPPY -> snappy(in);
      case BASE64, ZLIB, ZIP -> throw new IllegalArgumentException(encoding.label());
    };
  }

  /**
   * The framed format has a signature; raw blocks, as python-snappy's compress() makes, have none.
   */
  private static InputStream snappy(InputStream in) throws IOException {
    in.mark(10);
    byte[] head = in.readNBytes(10);
    in.reset();
    return Signatures.of(head) == Encoding.SNAPPY
        ? new FramedSnappyCompressorInputStream(in)
        : new SnappyCompressorInputStream(in);
  }
}
