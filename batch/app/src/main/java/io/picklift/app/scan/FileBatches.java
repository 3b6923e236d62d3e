package io.picklift.app.scan;

import io.picklift.app.source.InputFiles;
import io.picklift.app.source.PickleFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Pickles in a folder or an archive, read by a thread of their own, a few batches ahead. */
final class FileBatches implements Batches {
  private static final int AHEAD = 2;

  private final Path files;
  private final Scan.Options options;
  private final BlockingQueue<Part> parts = new ArrayBlockingQueue<>(AHEAD);
  private final Thread reader;
  private long total = -1;

  /** Written by the reader's thread before it hands over its last part. */
  private boolean isSample;

  /** Rows, the end, or why reading ended. */
  private record Part(List<Row> rows, boolean isEnd, @Nullable Throwable failure) {}

  FileBatches(Path files, Scan.Options options) {
    this.files = files;
    this.options = options;
    if (options.sample() > 0) {
      // How many there are is known only to who has read them all.
      total = count(files, options);
    }
    reader = new Thread(this::read, "picklift-files");
    reader.setDaemon(true);
    reader.start();
  }

  private static long count(Path files, Scan.Options options) {
    long[] count = new long[1];
    visit(files, options, (name, bytes) -> count[0]++);
    return count[0];
  }

  private interface Each {
    void file(String name, byte @Nullable [] bytes) throws IOException;
  }

  private static void visit(Path files, Scan.Options options, Each each) {
    try {
      new InputFiles(options.limits())
          .visit(
              files,
              new InputFiles.Visitor() {
                @Override
                public void pickle(PickleFile file) throws IOException {
                  if (file.name().endsWith(".pkl")) {
                    each.file(file.name().substring(0, file.name().length() - 4), file.bytes());
                  }
                }

                @Override
                public void unreadable(String label, String reason) {
                  throw new UncheckedIOException(label + ": " + reason, new IOException(reason));
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long count() {
    return total < 0 ? -1 : Math.min(total, options.sample());
  }

  private void read() {
    Collector collector = new Collector();
    try {
      visit(files, options, collector);
      collector.flush();
      parts.put(new Part(List.of(), true, null));
    } catch (InterruptedException e) {
      // Closed before the end: nobody waits for the rest.
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | Error e) {
      // Whatever it is, somebody waits for the next part.
      fail(e);
    }
  }

  private void fail(Throwable e) {
    try {
      parts.put(new Part(List.of(), true, e));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Collector implements Each {
    private List<Row> rows = new ArrayList<>();
    private long bytes;
    private long met;

    @Override
    public void file(String name, byte @Nullable [] content) throws IOException {
      long order = met++;
      if (!isWanted(order)) {
        isSample = true;
        return;
      }
      rows.add(new Row(name, order, null, content));
      bytes += content == null ? 0 : content.length;
      if (rows.size() >= MOST_SAVES || bytes >= MOST_BYTES) {
        flush();
      }
    }

    private boolean isWanted(long index) {
      long sample = options.sample();
      return total <= sample || index * sample / total != (index + 1) * sample / total;
    }

    void flush() throws IOException {
      if (!rows.isEmpty()) {
        try {
          parts.put(new Part(rows, false, null));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted", e);
        }
        rows = new ArrayList<>();
        bytes = 0;
      }
    }
  }

  @Override
  public @Nullable Batch next() throws IOException {
    try {
      Part part = parts.take();
      Throwable failure = part.failure();
      if (failure instanceof IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      if (part.isEnd()) {
        return null;
      }
      return part::rows;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public boolean isSample() {
    return isSample;
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
