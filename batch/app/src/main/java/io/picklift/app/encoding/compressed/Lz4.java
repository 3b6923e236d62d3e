package io.picklift.app.encoding.compressed;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;

/** The lz4 frame. There is one style. */
final class Lz4 extends StreamEncoding {
  Lz4() {
    super("lz4", (byte) 4, (byte) 0x22, (byte) 0x4d, (byte) 0x18);
  }

  @Override
  InputStream open(InputStream in) throws IOException {
    return new FramedLZ4CompressorInputStream(in, true);
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return List.of("frame");
  }

  @Override
  public byte[] make(byte[] inner, String style) throws IOException {
    return compressed(inner, FramedLZ4CompressorOutputStream::new);
  }
}
