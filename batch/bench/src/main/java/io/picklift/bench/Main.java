package io.picklift.bench;

import io.picklift.codec.error.CodecException;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.join.JoinException;
import io.picklift.schema.tables.split.SplitException;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Prints the table of the codec's numbers as Markdown. Peers take turns, so that a busy machine is
 * busy for all of them. {@code --quick} for a look, {@code --rounds N} for more, {@code --jython}
 * for the engine on Jython alone, {@code --schema} for profile and residue alone.
 */
final class Main {
  private static final List<String> BENCHMARKS =
      List.of("decode", "decodeToArchive", "json", "write", "scan", "razorvine");
  private static final double[] SIZES = {0.1, 0.5, 1, 2};
  private static final int[] PROTOCOLS = {2, 4, 5};

  private Main() {}

  /** Run it in the repository's folder. */
  public static void main(String[] args) throws Exception {
    List<String> options = Arrays.asList(args);
    boolean quick = options.contains("--quick");
    int at = options.indexOf("--rounds");
    int rounds = at >= 0 ? Integer.parseInt(options.get(at + 1)) : quick ? 1 : 3;
    Run run = new Main.Run(quick, rounds);
    if (options.contains("--jython")) {
      run.printJython();
    } else if (options.contains("--schema")) {
      run.printSchema();
    } else {
      run.print();
      run.printJython();
      run.printSchema();
    }
  }

  private static final class Run {
    private final Path bench = Path.of("batch/bench");
    private final Path samples = Path.of("samples/baolife");
    private final boolean quick;
    private final int rounds;
    private final Jmh jmh;
    private final List<Peer> peers = new ArrayList<>();
    private final BenchData data;
    private final Report report = new Report(System.out);

    Run(boolean quick, int rounds) throws IOException, InterruptedException {
      this.quick = quick;
      this.rounds = rounds;
      this.jmh = new Jmh(quick ? 300 : 700);
      for (String version : List.of("3.11", "3.13")) {
        Optional<Path> python = Programs.python(version);
        python.ifPresent(
            path ->
                peers.add(
                    new Peer(
                        path, bench.resolve("src/main/python/peer.py"), samples.resolve("model"))));
      }
      this.data = new BenchData(samples, bench.resolve("target/data"), Programs.python("3.11"));
    }

    void printJython() throws IOException, InterruptedException, CodecException {
      JythonTable.print(data.save(1, 2), quick ? 2 : 5, System.out);
    }

    void printSchema()
        throws IOException,
            InterruptedException,
            CodecException,
            ConfigurationException,
            SplitException,
            JoinException {
      List<Path> saves = data.saves(quick ? 2 : 8, 1, 4);
      ProfileTable.print(saves, quick ? 40 : 200, System.out);
      ProfileTable.printSizesHead(System.out);
      for (double size : SIZES) {
        int rounds = (int) (quick ? 10 / size : 100 / size);
        ProfileTable.printSize(data.saves(quick ? 2 : 8, size, 4), rounds, System.out);
      }
      System.out.println();
      // Last: a process that profiles does nothing of this.
      ResidueTable.print(
          saves,
          Mapping.parse(
              "samples/baolife/mapping.yaml", Files.readString(samples.resolve("mapping.yaml"))),
          System.out);
    }

    void print() throws IOException, InterruptedException, RunnerException {
      Path main = data.save(1, 4);
      for (int round = 0; round < rounds; round++) {
        for (String benchmark : BENCHMARKS) {
          peerRound(main);
          run(benchmark, main);
        }
        jmh.run("decode", main, 2);
        jmh.run("decode", main, 1);
      }
      report.ratios(jmh, peers, main);
      report.firstCall(firstCalls(main));
      report.gridHead();
      jmh.shorter();
      for (double size : SIZES) {
        for (int protocol : PROTOCOLS) {
          if (!quick || protocol == 4) {
            Path file = data.save(size, protocol);
            for (String benchmark : BENCHMARKS) {
              run(benchmark, file);
            }
            Peer.Figures peer = peers.isEmpty() ? null : peers.get(0).measure(file, 1);
            report.gridRow(jmh, BENCHMARKS, file, peer);
          }
        }
      }
    }

    /** What razorvine cannot read has no figure. */
    private void run(String benchmark, Path file) throws RunnerException {
      try {
        jmh.run(benchmark, file, 1);
      } catch (RunnerException e) {
        if (!benchmark.equals("razorvine")) {
          throw e;
        }
        jmh.failed(benchmark, file);
      }
    }

    private void peerRound(Path file) throws IOException, InterruptedException {
      for (Peer peer : peers) {
        peer.round(file, quick ? 0.5 : 1);
      }
    }

    private List<String> firstCalls(Path file) throws IOException, InterruptedException {
      List<String> found = new ArrayList<>();
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      for (int i = 0; i < 5; i++) {
        found.add(
            Programs.run(
                List.of(
                    java,
                    "-cp",
                    System.getProperty("java.class.path"),
                    FirstCall.class.getName(),
                    file.toString())));
      }
      return found;
    }
  }
}
