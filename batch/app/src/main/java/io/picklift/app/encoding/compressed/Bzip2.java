package io.picklift.app.encoding.compressed;

import io.picklift.app.encoding.format.ByteLiterals;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** bzip2. A style is the size of its blocks, 1 to 9. */
final class Bzip2 extends StreamEncoding {
  private static final byte[] BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
  private static final int BLOCK_AT = 4;

  Bzip2() {
    super("bzip2", (byte) 'B', (byte) 'Z', (byte) 'h');
  }

  @Override
  public boolean detects(byte[] bytes) {
    return super.detects(bytes) && ByteLiterals.startsWith(bytes, BLOCK_AT, BLOCK);
  }

  @Override
  InputStream open(InputStream in) throws IOException {
    return new BZip2CompressorInputStream(in, true);
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    char size = (char) outer[BLOCK_AT - 1];
    return List.of(size >= '1' && size <= '9' ? String.valueOf(size) : "9");
  }

  @Override
  public byte[] make(byte[] inner, String style) throws IOException {
    return compressed(inner, out -> new BZip2CompressorOutputStream(out, Integer.parseInt(style)));
  }
}
