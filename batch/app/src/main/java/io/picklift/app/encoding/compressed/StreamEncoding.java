package io.picklift.app.encoding.compressed;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A compressed stream that begins with a signature. */
abstract class StreamEncoding implements Encoding {
  private final String label;
  private final byte[] signature;

  StreamEncoding(String label, byte... signature) {
    this.label = label;
    this.signature = signature.clone();
  }

  @Override
  public final String label() {
    return label;
  }

  @Override
  public boolean detects(byte[] bytes) {
    return ByteLiterals.startsWith(bytes, 0, signature);
  }

  @Override
  public final boolean isCertain() {
    return true;
  }

  /**
   * Opens a stream; several of them one after the other count as one, where the format has that.
   *
   * @param in must support {@code mark}
   */
  abstract InputStream open(InputStream in) throws IOException;

  @Override
  public final List<byte[]> undo(byte[] bytes, OutputBudget room)
      throws EncodingException, IOException {
    return List.of(room.drain(open(new ByteArrayInputStream(bytes))));
  }

  /** Makes a stream that compresses what is written into it. */
  interface Compressor {
    OutputStream open(OutputStream out) throws IOException;
  }

  /** What a compressor makes of bytes. */
  static byte[] compressed(byte[] inner, Compressor compressor) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(inner.length / 2 + 64);
    try (OutputStream out = compressor.open(bytes)) {
      out.write(inner);
    }
    return bytes.toByteArray();
  }
}
