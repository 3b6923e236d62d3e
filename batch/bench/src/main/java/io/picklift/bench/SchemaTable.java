package io.picklift.bench;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.graph.Meaning;
import io.picklift.codec.graph.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.MappingException;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ProfileLimits;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.tables.JoinException;
import io.picklift.schema.tables.SaveJoiner;
import io.picklift.schema.tables.SaveSplitter;
import io.picklift.schema.tables.SplitException;
import io.picklift.schema.tables.SplitSave;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How profile keeps up with decoding, and how little of a save stays outside the tables. Each save
 * is decoded and then profiled, so that both meet the same machine; by the thread's own CPU time.
 */
final class SchemaTable {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final double MEGA = 1e6;
  private static final double NANOS = 1e9;

  private final PickleDecoder decoder = new PickleDecoder(Limits.defaults());
  private final List<byte[]> pickles = new ArrayList<>();
  private final PrintStream out;
  private long bytes;

  private SchemaTable(List<Path> files, PrintStream out) throws IOException {
    this.out = out;
    for (Path file : files) {
      byte[] pickle = Files.readAllBytes(file);
      pickles.add(pickle);
      bytes += pickle.length;
    }
  }

  /** How profile keeps up, with saves of about a megabyte. */
  static void print(List<Path> files, int rounds, PrintStream out)
      throws IOException, CodecException {
    SchemaTable table = new SchemaTable(files, out);
    Figures figures = table.profile(rounds);
    table.line(
        "%d saves, %,d bytes, protocol 4; middle of %d rounds:",
        files.size(), table.bytes, rounds / 2);
    table.line("");
    table.line("| what | here | reach |");
    table.line("| --- | --- | --- |");
    table.line("| decode, MB/s of CPU time | %.0f | |", figures.decode);
    table.line("| decode and profile, MB/s of CPU time | %.0f | |", figures.both);
    table.line("| that by decode alone | %.2f x | 0.5 x |", figures.ratio);
  }

  /** Of saves that are taken apart and put together again. */
  static void printResidue(List<Path> files, String mapping, PrintStream out)
      throws IOException, CodecException, MappingException, SplitException, JoinException {
    new SchemaTable(files, out).residue(Mapping.parse("samples/baolife/mapping.yaml", mapping));
  }

  static void printSizesHead(PrintStream out) {
    out.println("| 8 saves of bytes, on average | decode | and profile | by decode alone |");
    out.println("| --- | --- | --- | --- |");
  }

  /** A row for saves of another size. */
  static void printSize(List<Path> files, int rounds, PrintStream out)
      throws IOException, CodecException {
    SchemaTable table = new SchemaTable(files, out);
    Figures figures = table.profile(rounds);
    table.line(
        "| %,d | %.0f | %.0f | %.2f x |",
        table.bytes / files.size(), figures.decode, figures.both, figures.ratio);
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
    Profile profile = new Profile(ProfileLimits.defaults());
    for (int round = 0; round < rounds; round++) {
      double[] seconds = round(profile);
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

  private double[] round(Profile profile) throws CodecException {
    long decode = 0;
    long add = 0;
    int order = 0;
    for (byte[] pickle : pickles) {
      long start = THREADS.getCurrentThreadCpuTime();
      SaveGraph graph = decoder.decode(pickle);
      long decoded = THREADS.getCurrentThreadCpuTime();
      profile.add(
          Meaning.of(graph),
          new SaveFacts("s" + order, order, null, List.of(), pickle.length, pickle.length));
      order++;
      add += THREADS.getCurrentThreadCpuTime() - decoded;
      decode += decoded - start;
    }
    return new double[] {decode / NANOS, add / NANOS};
  }

  /** What is measured must also be right: each save is put together again. */
  private void residue(Mapping mapping)
      throws CodecException, SplitException, JoinException, IOException {
    PickleWriter writer = new PickleWriter(Limits.defaults());
    long residues = 0;
    long scalars = 0;
    long taken = 0;
    for (byte[] pickle : pickles) {
      SplitSave split = SaveSplitter.split(mapping, decoder.decode(pickle), 1);
      residues += split.residue().length;
      scalars += split.counts().scalars();
      taken += split.counts().taken();
      SaveGraph joined = SaveJoiner.join(mapping, split.residue(), split.rows());
      if (!Arrays.equals(writer.write(joined), pickle)) {
        throw new IOException("a save does not come back from its rows and residue");
      }
    }
    line("| what | here | reach |");
    line("| --- | --- | --- |");
    line(
        "| residue under `samples/baolife/mapping.yaml`, of the pickle | %.2f %% | 5 %%, for 2.5 %% |",
        100.0 * residues / bytes);
    line("| scalar values in columns | %.1f %% | 95 %% |", 100.0 * taken / scalars);
    line("");
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }
}
