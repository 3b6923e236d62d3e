package io.picklift.app.encoding.compressed;

import io.picklift.app.encoding.format.ByteLiterals;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorInputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorOutputStream;

/**
 * snappy. The framed format has a signature; raw blocks, as python-snappy's {@code compress()}
 * makes, have none, and are undone only where the configuration names snappy.
 */
final class Snappy extends StreamEncoding {
  private static final byte[] FRAMED = {(byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};

  Snappy() {
    super("snappy", FRAMED);
  }

  @Override
  InputStream open(InputStream in) throws IOException {
    in.mark(FRAMED.length);
    byte[] head = in.readNBytes(FRAMED.length);
    in.reset();
    return detects(head)
        ? new FramedSnappyCompressorInputStream(in)
        : new SnappyCompressorInputStream(in);
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return List.of(ByteLiterals.startsWith(outer, 0, FRAMED) ? "framed" : "raw");
  }

  @Override
  public byte[] make(byte[] inner, String style) throws IOException {
    return compressed(
        inner,
        out ->
            style.equals("framed")
                ? new FramedSnappyCompressorOutputStream(out)
                : new SnappyCompressorOutputStream(out, inner.length));
  }
}
