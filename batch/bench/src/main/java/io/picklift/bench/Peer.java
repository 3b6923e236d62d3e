package io.picklift.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** CPython's C {@code pickle} as one version has it. */
final class Peer {
  private final Path python;
  private final Path driver;
  private final Path model;
  private final List<Figures> rounds = new ArrayList<>();
  private String version = "";

  /** Seconds a save; the middle one of those that a round took is the round's. */
  record Figures(double bestLoads, double loads, double bestDumps, double dumps) {}

  Peer(Path python, Path driver, Path model) {
    this.python = python;
    this.driver = driver;
    this.model = model;
  }

  void round(Path file, double seconds) throws IOException, InterruptedException {
    rounds.add(measure(file, seconds));
  }

  Figures measure(Path file, double seconds) throws IOException, InterruptedException {
    String line =
        Programs.run(
            List.of(
                python.toString(),
                driver.toString(),
                model.toString(),
                file.toString(),
                String.valueOf(seconds)));
    String[] column = line.split(" ", -1);
    version = column[0];
    return new Figures(
        Double.parseDouble(column[2]),
        Double.parseDouble(column[3]),
        Double.parseDouble(column[4]),
        Double.parseDouble(column[5]));
  }

  String version() {
    return version;
  }

  /** Seconds: the middle one of the rounds. */
  double loads() {
    return middle(rounds.stream().map(Figures::loads).toList());
  }

  double bestLoads() {
    return rounds.stream().mapToDouble(Figures::bestLoads).min().orElseThrow();
  }

  double dumps() {
    return middle(rounds.stream().map(Figures::dumps).toList());
  }

  double bestDumps() {
    return rounds.stream().mapToDouble(Figures::bestDumps).min().orElseThrow();
  }

  static double middle(List<Double> values) {
    return values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
  }
}
