package io.picklift.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The saves that are measured: made by the sample's generator where there is a Python, else the
 * nearest of those that are committed.
 */
final class BenchData {
  private static final int TAR_BLOCK = 512;
  private static final int TAR_SIZE_AT = 124;
  private static final int TAR_SIZE_LENGTH = 12;

  private final Path samples;
  private final Path folder;
  private final Optional<Path> python;

  /**
   * @param samples the folder {@code samples/baolife}
   * @param folder where files may be made
   */
  BenchData(Path samples, Path folder, Optional<Path> python) {
    this.samples = samples;
    this.folder = folder;
    this.python = python;
  }

  /** A save of about {@code megabytes} (at protocol 4) written at {@code protocol}. */
  Path save(double megabytes, int protocol) throws IOException, InterruptedException {
    Path file = folder.resolve("p" + protocol + "-" + megabytes + ".pkl");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      byte[] pickle =
          python.isPresent()
              ? made(python.get(), megabytes, protocol)
              : nearest(megabytes * 1e6, protocol);
      Files.write(file, pickle);
    }
    return file;
  }

  /**
   * Several saves of about {@code megabytes}, no two of them the same; where they cannot be made,
   * the one that is nearest.
   */
  List<Path> saves(int count, double megabytes, int protocol)
      throws IOException, InterruptedException {
    if (python.isEmpty()) {
      return List.of(save(megabytes, protocol));
    }
    Path out = folder.resolve(count + "-p" + protocol + "-" + megabytes);
    if (!Files.exists(out)) {
      Files.createDirectories(folder);
      Path fresh = Files.createTempDirectory(folder, "made");
      make(python.get(), fresh, count, megabytes, protocol);
      Files.move(fresh, out);
    }
    try (Stream<Path> all = Files.list(out)) {
      return all.sorted().toList();
    }
  }

  private byte[] made(Path program, double megabytes, int protocol)
      throws IOException, InterruptedException {
    Path out = Files.createTempDirectory(folder, "made");
    make(program, out, 1, megabytes, protocol);
    Path file = out.resolve("save-000001.pkl");
    byte[] pickle = Files.readAllBytes(file);
    Files.delete(file);
    Files.delete(out);
    return pickle;
  }

  private void make(Path program, Path out, int count, double megabytes, int protocol)
      throws IOException, InterruptedException {
    Programs.run(
        List.of(
            program.toString(),
            samples.resolve("generate.py").toString(),
            "saves",
            "--out",
            out.toString(),
            "--count",
            String.valueOf(count),
            "--size",
            String.valueOf(megabytes),
            "--protocol",
            String.valueOf(protocol)));
  }

  private byte[] nearest(double size, int protocol) throws IOException {
    Path archive = samples.resolve("src/main/resources/baolife/saves.tar.gz");
    return members(archive).stream()
        .filter(pickle -> pickle.length > 2 && pickle[0] == (byte) 0x80 && pickle[1] == protocol)
        .min(Comparator.comparingDouble(pickle -> Math.abs(pickle.length - size)))
        .orElseThrow(() -> new IOException("no committed save has protocol " + protocol));
  }

  private static List<byte[]> members(Path archive) throws IOException {
    byte[] tar;
    try (var in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(archive)))) {
      tar = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + archive, e);
    }
    List<byte[]> members = new ArrayList<>();
    int at = 0;
    while (at + TAR_BLOCK <= tar.length && tar[at] != 0) {
      String octal =
          new String(tar, at + TAR_SIZE_AT, TAR_SIZE_LENGTH, StandardCharsets.US_ASCII)
              .replaceAll("[^0-7]", "");
      int length = Integer.parseInt(octal, 8);
      byte[] member = new byte[length];
      ByteBuffer.wrap(tar).position(at + TAR_BLOCK).get(member);
      members.add(member);
      at += TAR_BLOCK + (length + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
    }
    return members;
  }
}
