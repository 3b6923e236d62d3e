package io.picklift.app.encoding;

import io.picklift.codec.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/** Undoes stacks of encodings, within limits. Immutable. */
public final class Unpacker {
  /** Nobody wraps more than three deep; a file that unpacks to itself must end somewhere. */
  private static final int MAX_DEPTH = 8;

  private final Limits limits;

  public Unpacker(Limits limits) {
    this.limits = limits;
  }

  /** Undoes whatever encodings the content shows. */
  public Unpacked auto(byte[] blob) throws EncodingException {
    List<Encoding> stack = new ArrayList<>();
    List<byte[]> layers = new ArrayList<>();
    byte[] bytes = blob;
    for (Encoding found = Signatures.of(bytes); found != null; found = Signatures.of(bytes)) {
      if (stack.size() == MAX_DEPTH) {
        throw new EncodingException("encoding_depth", "more than " + MAX_DEPTH + " encodings deep");
      }
      byte[] inner = undo(found, bytes, blob.length);
      if (found == Encoding.BASE64 && !looksLikeSave(inner)) {
        break;
      }
      stack.add(found);
      layers.add(bytes);
      bytes = inner;
    }
    return new Unpacked(List.copyOf(stack), List.copyOf(layers), bytes);
  }

  /** Short text is often in base64's alphabet by chance: what comes out must be something. */
  private static boolean looksLikeSave(byte[] bytes) {
    return bytes.length > 0
        && (bytes[0] == (byte) 0x80
            || bytes[bytes.length - 1] == '.'
            || Signatures.of(bytes) != null);
  }

  /** Undoes exactly these encodings, outermost first. */
  public Unpacked known(byte[] blob, List<Encoding> stack) throws EncodingException {
    List<byte[]> layers = new ArrayList<>();
    byte[] bytes = blob;
    for (Encoding encoding : stack) {
      layers.add(bytes);
      bytes = undo(encoding, bytes, blob.length);
    }
    return new Unpacked(stack, List.copyOf(layers), bytes);
  }

  private byte[] undo(Encoding encoding, byte[] bytes, int blobLength) throws EncodingException {
    // By the BLOB's length, not the layer's: a bomb inside a bomb multiplies ratios.
    long room = limits.unpackedFor(blobLength);
    try {
      return switch (encoding) {
        case BASE64 -> base64(bytes);
        case ZLIB -> inflate(bytes, room);
        case ZIP -> unzip(bytes, room);
        default -> drain(Decompressors.open(encoding, new ByteArrayInputStream(bytes)), room);
      };
    } catch (IOException | DataFormatException | RuntimeException e) {
      // Decoders of damaged data throw about anything; all of it means the same here.
      throw new EncodingException("encoding_damaged", "damaged " + encoding.label() + " data");
    }
  }

  private static byte[] base64(byte[] bytes) {
    boolean url = false;
    byte[] digits = new byte[bytes.length];
    int n = 0;
    for (byte b : bytes) {
      url |= b == '-' || b == '_';
      if (b != '\r' && b != '\n') {
        digits[n++] = b;
      }
    }
    return (url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(Arrays.copyOf(digits, n));
  }

  private static byte[] inflate(byte[] bytes, long room)
      throws DataFormatException, EncodingException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes);
      ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, bytes.length * 3));
      byte[] buffer = new byte[1 << 14];
      while (!inflater.finished()) {
        int n = inflater.inflate(buffer);
        if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new DataFormatException("truncated");
        }
        checkRoom(out.size() + (long) n, room);
        out.write(buffer, 0, n);
      }
      if (inflater.getRemaining() > 0) {
        throw new DataFormatException("bytes after the end");
      }
      return out.toByteArray();
    } finally {
      inflater.end();
    }
  }

  private static byte[] unzip(byte[] bytes, long room) throws IOException, EncodingException {
    try (ZipFile zip =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes)).get()) {
      @Nullable ZipArchiveEntry only = null;
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (entry.isDirectory()) {
          continue;
        }
        if (only != null) {
          throw new EncodingException("encoding_damaged", "a zip with more than one file in it");
        }
        only = entry;
      }
      if (only == null) {
        throw new EncodingException("encoding_damaged", "a zip with no file in it");
      }
      try (InputStream in = zip.getInputStream(only)) {
        return drain(in, room);
      }
    }
  }

  private static byte[] drain(InputStream in, long room) throws IOException, EncodingException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 14];
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        checkRoom(out.size() + (long) n, room);
        out.write(buffer, 0, n);
      }
    }
    return out.toByteArray();
  }

  private static void checkRoom(long size, long room) throws EncodingException {
    if (size > room || size > Integer.MAX_VALUE - 16) {
      throw new EncodingException(
          "limit_unpacked", "unpacks to more than the limit of " + room + " bytes");
    }
  }
}
