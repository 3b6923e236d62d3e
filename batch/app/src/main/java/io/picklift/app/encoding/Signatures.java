package io.picklift.app.encoding;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells an encoding by the bytes. A pickle ends with {@code STOP}, a full stop, which base64's
 * alphabet lacks; the signatures of the others begin with bytes that no pickle begins with, but for
 * a few that are checked further.
 */
public final class Signatures {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};
  private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
  private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
  private static final byte[] LZ4 = {4, 0x22, 0x4d, 0x18};
  private static final byte[] SNAPPY = {(byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] BZIP2 = "BZh".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BZIP2_BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};

  private Signatures() {}

  /** The encoding that these bytes are in, or null for what may be a pickle. */
  public static @Nullable Encoding of(byte[] bytes) {
    if (startsWith(bytes, 0, GZIP)) {
      return Encoding.GZIP;
    }
    if (isZlib(bytes)) {
      return Encoding.ZLIB;
    }
    if (startsWith(bytes, 0, BZIP2) && startsWith(bytes, 4, BZIP2_BLOCK)) {
      return Encoding.BZIP2;
    }
    if (startsWith(bytes, 0, XZ)) {
      return Encoding.XZ;
    }
    if (startsWith(bytes, 0, ZSTD)) {
      return Encoding.ZSTD;
    }
    if (startsWith(bytes, 0, LZ4)) {
      return Encoding.LZ4;
    }
    if (startsWith(bytes, 0, SNAPPY)) {
      return Encoding.SNAPPY;
    }
    if (startsWith(bytes, 0, ZIP)) {
      return Encoding.ZIP;
    }
    return isBase64(bytes) ? Encoding.BASE64 : null;
  }

  /**
   * RFC 1950: method 8, a check of the two header bytes, no preset dictionary; the window of 32 KiB
   * that all use.
   */
  private static boolean isZlib(byte[] bytes) {
    return bytes.length >= 8
        && bytes[0] == 0x78
        && ((bytes[0] & 0xff) * 256 + (bytes[1] & 0xff)) % 31 == 0
        && (bytes[1] & 0x20) == 0;
  }

  /** Only base64's alphabet (also the one for URLs), in whole groups, line ends allowed. */
  private static boolean isBase64(byte[] bytes) {
    int digits = 0;
    int padding = 0;
    for (byte b : bytes) {
      if (b == '\r' || b == '\n') {
        continue;
      }
      if (b == '=') {
        padding++;
      } else if (padding > 0 || !isBase64Digit(b)) {
        return false;
      } else {
        digits++;
      }
    }
    boolean whole = padding == 0 ? digits % 4 != 1 : padding <= 2 && (digits + padding) % 4 == 0;
    return digits >= 4 && whole;
  }

  private static boolean isBase64Digit(byte b) {
    return (b >= 'A' && b <= 'Z')
        || (b >= 'a' && b <= 'z')
        || (b >= '0' && b <= '9')
        || b == '+'
        || b == '/'
        || b == '-'
        || b == '_';
  }

  public static boolean startsWith(byte[] bytes, int at, byte[] prefix) {
    if (bytes.length - at < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[at + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
