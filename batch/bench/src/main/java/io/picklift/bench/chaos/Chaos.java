package io.picklift.bench.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs as many plans as wanted, beginning with the one of a seed. Prints a line a run, keeps the
 * folder of one that fails, and ends with status 1 where one did.
 */
final class Chaos {
  private final ChaosServer server;
  private final ChaosProxy proxy;
  private final Path launcher;
  private final Path folder;
  private final Reference reference;
  private final List<FaultKind> possible;
  private final Map<Integer, World> worlds = new HashMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<Long> failed = new ArrayList<>();

  private Chaos(ChaosServer server, ChaosProxy proxy, Options options) {
    this.server = server;
    this.proxy = proxy;
    launcher = options.launcher();
    folder = options.folder();
    reference = new Reference(server, launcher, folder.resolve("reference"));
    possible = possible(server);
  }

  /** Starts what {@code chaos.sh} starts. */
  public static void main(String[] arguments) throws Exception {
    Options options = Options.parse(arguments);
    try (ChaosServer server =
            options.given() > 0
                ? ChaosServer.given(options.given())
                : ChaosServer.start(
                    options.installed(), options.folder().resolve("server"), options.port());
        ChaosProxy proxy = new ChaosProxy(server.port())) {
      boolean isGood = new Chaos(server, proxy, options).all(options);
      if (!isGood) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(1)));
      }
    }
  }

  private static List<FaultKind> possible(ChaosServer server) {
    List<FaultKind> possible = new ArrayList<>(List.of(FaultKind.values()));
    if (!server.isOwn()) {
      possible.remove(FaultKind.SERVER_KILL);
      System.out.println("THE SERVER IS NOT THE HARNESS'S OWN: IT IS NOT KILLED");
    }
    if (!server.isSmall()) {
      possible.remove(FaultKind.FULL);
      System.out.println("NO SMALL DISK CAN BE MOUNTED FOR THE SERVER: ITS DISK IS NEVER FULL");
    }
    return possible;
  }

  private boolean all(Options options) throws IOException, InterruptedException {
    long began = System.nanoTime();
    int runs = 0;
    for (long seed = options.seed(); isMore(options, runs, began); seed++) {
      runs++;
      one(Plan.of(seed, possible));
    }
    System.out.printf(
        "%d runs, seeds %d to %d, %d failed%s, %d s%n%s%n",
        runs,
        options.seed(),
        options.seed() + runs - 1,
        failed.size(),
        failed.isEmpty() ? "" : " " + failed,
        (System.nanoTime() - began) / 1_000_000_000L,
        counts);
    return failed.isEmpty();
  }

  private static boolean isMore(Options options, int runs, long began) {
    return options.minutes() > 0
        ? System.nanoTime() - began < options.minutes() * 60_000_000_000L
        : runs < options.runs();
  }

  private void one(Plan plan) throws IOException, InterruptedException {
    Path place = Files.createDirectories(folder.resolve("seed-" + plan.seed()));
    long began = System.nanoTime();
    List<String> wrong;
    ChaosRun run = new ChaosRun(server, proxy, launcher, plan, world(plan), place);
    try {
      wrong = run.run(reference.of(plan, () -> world(plan)));
      if (wrong.isEmpty()) {
        run.drop();
      }
    } catch (SQLException | IOException e) {
      wrong = List.of("the harness failed: " + e);
    }
    count(plan);
    System.out.printf("%s %s%n", wrong.isEmpty() ? "ok    " : "FAILED", plan);
    run.log().forEach(line -> System.out.println("       " + line));
    System.out.printf("       %d ms%n", (System.nanoTime() - began) / 1_000_000);
    if (wrong.isEmpty()) {
      delete(place);
      return;
    }
    failed.add(plan.seed());
    wrong.forEach(line -> System.out.println("    !! " + line));
    System.out.printf("    !! chaos.sh --seed %d --runs 1 repeats it; %s%n", plan.seed(), place);
    Files.write(place.resolve("wrong.txt"), wrong);
    server.revive();
  }

  private World world(Plan plan) {
    return worlds.computeIfAbsent(plan.world(), World::new);
  }

  private void count(Plan plan) {
    counts.merge(plan.command().name(), 1, Integer::sum);
    plan.attempts()
        .forEach(
            faults -> faults.forEach(fault -> counts.merge(fault.kind().name(), 1, Integer::sum)));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
