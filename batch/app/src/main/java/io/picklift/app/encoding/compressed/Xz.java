package io.picklift.app.encoding.compressed;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.tukaani.xz.LZMA2Options;

/** xz. A style is the preset. */
final class Xz extends StreamEncoding {
  Xz() {
    super("xz", (byte) 0xfd, (byte) '7', (byte) 'z', (byte) 'X', (byte) 'Z', (byte) 0);
  }

  @Override
  InputStream open(InputStream in) throws IOException {
    return XZCompressorInputStream.builder()
        .setInputStream(in)
        .setDecompressConcatenated(true)
        .setMemoryLimitKiB(Compressions.MEMORY_KIB)
        .get();
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return List.of("6");
  }

  @Override
  public byte[] make(byte[] inner, String style) throws IOException {
    return compressed(
        inner,
        out ->
            XZCompressorOutputStream.builder()
                .setOutputStream(out)
                .setLzma2Options(new LZMA2Options(Integer.parseInt(style)))
                .get());
  }
}
