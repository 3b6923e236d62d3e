package io.picklift.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a coordinator and three workers as processes under faults that a seed picks, and compares
 * what they leave with what one process makes of the same source.
 */
final class Cluster {
  private Cluster() {}

  /** Starts what {@code cluster.sh} starts. */
  public static void main(String[] arguments) throws Exception {
    Options options = Options.parse(arguments);
    try (ChaosServer server =
            options.given() > 0
                ? ChaosServer.given(options.given())
                : ChaosServer.start(
                    options.installed(), options.folder().resolve("server"), options.port());
        ChaosProxy proxy = new ChaosProxy(server.port())) {
      if (!all(options, server, proxy)) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(1)));
      }
    }
  }

  private static boolean all(Options options, ChaosServer server, ChaosProxy proxy)
      throws IOException, InterruptedException {
    Reference reference =
        new Reference(server, options.launcher(), options.folder().resolve("reference"));
    Map<Integer, World> worlds = new HashMap<>();
    List<Long> failed = new ArrayList<>();
    long began = System.nanoTime();
    for (long seed = options.seed(); seed < options.seed() + options.runs(); seed++) {
      ClusterPlan plan = ClusterPlan.of(seed, server.isOwn(), options.isFast());
      World world = worlds.computeIfAbsent(plan.world(), World::new);
      Path folder = Files.createDirectories(options.folder().resolve("cluster-" + seed));
      ClusterRun run = new ClusterRun(server, proxy, options.launcher(), plan, world, folder);
      long start = System.nanoTime();
      List<String> wrong;
      try {
        wrong = run.run(reference.of(plan.alone(), () -> world));
      } catch (SQLException | IOException e) {
        wrong = List.of("the harness failed: " + e);
      }
      System.out.printf("%s %s%n", wrong.isEmpty() ? "ok    " : "FAILED", plan);
      run.log().forEach(line -> System.out.println("       " + line));
      System.out.printf("       %d ms%n", (System.nanoTime() - start) / 1_000_000);
      if (!wrong.isEmpty()) {
        failed.add(seed);
        wrong.forEach(line -> System.out.println("    !! " + line));
        System.out.printf(
            "    !! cluster.sh --seed %d --runs 1%s repeats it; %s%n",
            seed, options.isFast() ? " --fast yes" : "", folder);
        server.revive();
      }
    }
    System.out.printf(
        "%d runs, %d failed %s, %d s%n",
        options.runs(), failed.size(), failed, (System.nanoTime() - began) / 1_000_000_000L);
    return failed.isEmpty();
  }
}
