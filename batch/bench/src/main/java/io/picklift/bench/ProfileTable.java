package io.picklift.bench;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ProfileLimits;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.walk.Profiler;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How profile keeps up with decoding. Each save is decoded and then profiled, so that both meet the
 * same machine; by the thread's own CPU time.
 */
final class ProfileTable {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final double MEGA = 1e6;
  private static final double NANOS = 1e9;

  private final PickleDecoder decoder = new PickleDecoder(Limits.defaults());
  private final List<byte[]> pickles = new ArrayList<>();
  private long bytes;

  private ProfileTable(List<Path> files) throws IOException {
    for (Path file : files) {
      byte[] pickle = Files.readAllBytes(file);
      pickles.add(pickle);
      bytes += pickle.length;
    }
  }

  /** A table of some saves of about one size. */
  static void print(List<Path> files, int rounds, PrintStream out)
      throws IOException, CodecException {
    ProfileTable table = new ProfileTable(files);
    Figures figures = table.profile(rounds);
    out.printf(
        Locale.ROOT,
        """
        %d saves, %,d bytes, protocol 4; middle of %d rounds:

        | what | here | reach |
        | --- | --- | --- |
        | decode, MB/s of CPU time | %.0f | |
        | decode and profile, MB/s of CPU time | %.0f | |
        | that by decode alone | %.2f x | 0.5 x |

        """,
        files.size(),
        table.bytes,
        rounds / 2,
        figures.decode,
        figures.both,
        figures.ratio);
  }

  /** Begins a table by size. */
  static void printSizesHead(PrintStream out) {
    out.println("| saves of bytes, on average | decode | and profile | by decode alone |");
    out.println("| --- | --- | --- | --- |");
  }

  /** A row of it, of some saves of about one size. */
  static void printSize(List<Path> files, int rounds, PrintStream out)
      throws IOException, CodecException {
    ProfileTable table = new ProfileTable(files);
    Figures figures = table.profile(rounds);
    out.printf(
        Locale.ROOT,
        "| %,d | %.0f | %.0f | %.2f x |%n",
        table.bytes / files.size(),
        figures.decode,
        figures.both,
        figures.ratio);
  }

  /**
   * The middle of all rounds.
   *
   * @param decode megabytes a second of CPU time
   * @param both the same, of decode and profile together
   * @param ratio the one by the other
   */
  private record Figures(double decode, double both, double ratio) {}

  /** The first half of the rounds warms up. */
  private Figures profile(int rounds) throws CodecException {
    List<Double> decoding = new ArrayList<>();
    List<Double> profiling = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    Profiler profiler = new Profiler(new Profile(ProfileLimits.defaults()));
    for (int round = 0; round < rounds; round++) {
      double[] seconds = round(profiler);
      if (round >= rounds / 2) {
        decoding.add(seconds[0]);
        profiling.add(seconds[1]);
        ratios.add(seconds[0] / (seconds[0] + seconds[1]));
      }
    }
    double decode = Peer.middle(decoding);
    double profiled = Peer.middle(profiling);
    return new Figures(
        bytes / decode / MEGA, bytes / (decode + profiled) / MEGA, Peer.middle(ratios));
  }

  private double[] round(Profiler profiler) throws CodecException {
    long decode = 0;
    long add = 0;
    int order = 0;
    for (byte[] pickle : pickles) {
      long start = THREADS.getCurrentThreadCpuTime();
      SaveGraph graph = decoder.decode(pickle);
      long decoded = THREADS.getCurrentThreadCpuTime();
      profiler.add(
          Meaning.of(graph, Limits.defaults()),
          new SaveFacts("s" + order, order, null, List.of(), pickle.length, pickle.length));
      order++;
      add += THREADS.getCurrentThreadCpuTime() - decoded;
      decode += decoded - start;
    }
    return new double[] {decode / NANOS, add / NANOS};
  }
}
