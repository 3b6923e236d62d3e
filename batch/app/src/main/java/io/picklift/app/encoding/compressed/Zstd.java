package io.picklift.app.encoding.compressed;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/**
 * zstd. A style is the level, and a {@code c} where the frame has a checksum, an {@code s} where it
 * tells its length.
 */
final class Zstd extends StreamEncoding {
  private static final int FLAGS_AT = 4;

  Zstd() {
    super("zstd", (byte) 0x28, (byte) 0xb5, (byte) 0x2f, (byte) 0xfd);
  }

  @Override
  InputStream open(InputStream in) throws IOException {
    return new ZstdCompressorInputStream(in);
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    int flags = outer.length > FLAGS_AT ? outer[FLAGS_AT] : 0;
    String suffix = ((flags & 4) != 0 ? "c" : "") + ((flags & 0xe0) != 0 ? "s" : "");
    return List.of("3" + suffix, "1" + suffix, "9" + suffix, "10" + suffix, "19" + suffix);
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      context.setLevel(Integer.parseInt(style.replaceAll("[cs]", "")));
      context.setChecksum(style.contains("c"));
      context.setContentSize(style.contains("s"));
      return context.compress(inner);
    }
  }
}
