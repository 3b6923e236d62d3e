package io.picklift.app.encoding.compressed;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.LZMAOutputStream;

/** The older format of LZMA, {@code FORMAT_ALONE} in Python. A style is the preset. */
final class Lzma extends StreamEncoding {
  private static final int HEADER = 13;
  private static final int DICTIONARY_AT = 1;
  private static final int SIZE_AT = 5;
  private static final long LONGEST = 1L << 40;
  private static final long SMALLEST = 1L << 12;

  Lzma() {
    super("lzma", (byte) 0x5d);
  }

  /** The properties that all use; a dictionary of a power of two; a length that may be, or none. */
  @Override
  public boolean detects(byte[] bytes) {
    if (bytes.length <= HEADER || !super.detects(bytes)) {
      return false;
    }
    long dictionary = number(bytes, DICTIONARY_AT, 4);
    long size = number(bytes, SIZE_AT, 8);
    boolean isPower = Long.bitCount(dictionary) == 1;
    boolean isHalfMore = dictionary == Long.highestOneBit(dictionary) / 2 * 3;
    boolean isLength = size >= 0 && size < LONGEST;
    return dictionary >= SMALLEST && (isPower || isHalfMore) && (size == -1 || isLength);
  }

  private static long number(byte[] bytes, int at, int width) {
    long number = 0;
    for (int i = 0; i < width; i++) {
      number |= (bytes[at + i] & 0xffL) << (8 * i);
    }
    return number;
  }

  @Override
  InputStream open(InputStream in) throws IOException {
    return new LZMAInputStream(in, Compressions.MEMORY_KIB);
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return List.of(number(outer, SIZE_AT, 8) == -1 ? "6:end" : "6:length");
  }

  @Override
  public byte[] make(byte[] inner, String style) throws IOException {
    LZMA2Options options = new LZMA2Options(style.charAt(0) - '0');
    return compressed(
        inner,
        out -> new LZMAOutputStream(out, options, style.endsWith("end") ? -1 : inner.length));
  }
}
