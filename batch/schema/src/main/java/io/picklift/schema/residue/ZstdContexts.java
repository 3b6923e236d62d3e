package io.picklift.schema.residue;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * zstd's native states, kept for the next residue: making one takes longer than a small residue. As
 * many stay as were ever in use at a time.
 */
final class ZstdContexts<T> {
  static final ZstdContexts<ZstdCompressCtx> COMPRESS = new ZstdContexts<>(ZstdCompressCtx::new);
  static final ZstdContexts<ZstdDecompressCtx> DECOMPRESS =
      new ZstdContexts<>(ZstdDecompressCtx::new);

  private final Queue<T> free = new ConcurrentLinkedQueue<>();
  private final Supplier<T> maker;

  private ZstdContexts(Supplier<T> maker) {
    this.maker = maker;
  }

  T take() {
    T kept = free.poll();
    return kept == null ? maker.get() : kept;
  }

  void giveBack(T context) {
    free.add(context);
  }
}
