package io.picklift.schema.testing;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** The saves of {@code samples/baolife} that decode, with the pickles they come from. */
public final class BaolifeSaves {
  private static final Path FIXTURE =
      Path.of("../../samples/baolife/src/main/resources/baolife/saves.tar.gz");

  private BaolifeSaves() {}

  /** One save. */
  public record Save(String name, byte[] stored, byte[] pickle, SaveGraph graph) {}

  /** All that decode, in the order of their names. */
  public static List<Save> read() {
    List<Save> saves = new ArrayList<>();
    PickleDecoder decoder = new PickleDecoder(Limits.defaults());
    try (InputStream file = new BufferedInputStream(Files.newInputStream(FIXTURE));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().endsWith(".pkl")) {
          add(saves, decoder, entry.getName(), tar.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    saves.sort((a, b) -> a.name().compareTo(b.name()));
    return saves;
  }

  private static void add(List<Save> saves, PickleDecoder decoder, String name, byte[] stored)
      throws IOException {
    try {
      byte[] pickle =
          stored.length > 0 && stored[0] == 'x'
              ? new InflaterInputStream(new ByteArrayInputStream(stored)).readAllBytes()
              : stored;
      saves.add(new Save(name, stored, pickle, decoder.decode(pickle)));
    } catch (CodecException e) {
      // The fixture has some that are cut, empty or no pickle at all: other tests count them.
      return;
    }
  }
}
