package io.picklift.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks, each in a Java machine of its own, and keeps what they say. */
final class Jmh {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private static final double NANOS = 1e9;

  private long millis;
  private final Map<String, List<Result>> results = new HashMap<>();

  /**
   * Operations a second by the middle and by the shortest of all calls, which a busy machine
   * changes least and which Python's are measured by as well; bytes allocated an operation.
   */
  record Result(double middle, double best, double allocated) {}

  /**
   * @param millis how long an iteration is; five are measured after as many to warm up
   */
  Jmh(long millis) {
    this.millis = millis;
  }

  /** From here on iterations take a third of the time: for tables that are looked at as a whole. */
  void shorter() {
    millis /= 3;
  }

  Result run(String benchmark, Path file, int threads) throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(CodecBenchmark.class.getName() + "\\." + benchmark + "$")
            .param("file", file.toString())
            .threads(threads)
            .forks(1)
            .warmupIterations(5)
            .warmupTime(TimeValue.milliseconds(millis))
            .measurementIterations(5)
            .measurementTime(TimeValue.milliseconds(millis))
            .addProfiler(GCProfiler.class)
            .jvmArgs("-Xms1g", "-Xmx1g")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    RunResult run = new Runner(options).runSingle();
    var score = run.getPrimaryResult().getStatistics();
    var allocated = run.getSecondaryResults().get(ALLOCATED);
    Result result =
        new Result(
            NANOS / score.getPercentile(50),
            NANOS / score.getMin(),
            allocated == null ? Double.NaN : allocated.getScore());
    results.computeIfAbsent(key(benchmark, file, threads), k -> new ArrayList<>()).add(result);
    return result;
  }

  void failed(String benchmark, Path file) {
    results
        .computeIfAbsent(key(benchmark, file, 1), k -> new ArrayList<>())
        .add(new Result(Double.NaN, Double.NaN, Double.NaN));
  }

  /** The middle one of the rounds, with the best call of all. */
  Result result(String benchmark, Path file, int threads) {
    List<Result> all = results.getOrDefault(key(benchmark, file, threads), List.of());
    return new Result(
        Peer.middle(all.stream().map(Result::middle).toList()),
        all.stream().mapToDouble(Result::best).max().orElseThrow(),
        Peer.middle(all.stream().map(Result::allocated).toList()));
  }

  private static String key(String benchmark, Path file, int threads) {
    return benchmark + " " + file + " " + threads;
  }
}
