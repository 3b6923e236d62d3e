package io.picklift.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tables in Markdown. */
final class Report {
  private static final double MEGA = 1e6;

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  /** The numbers to reach, at one save. */
  void ratios(Jmh jmh, List<Peer> peers, Path file) throws IOException {
    double size = Files.size(file);
    line(
        "A save of %,d bytes, protocol %s; middle of all rounds (best in brackets).",
        (long) size, file.getFileName().toString().substring(1, 2));
    line("");
    Jmh.Result decode = jmh.result("decode", file, 1);
    line("| what | here | reach | reach for |");
    line("| --- | --- | --- | --- |");
    for (Peer peer : peers) {
      against(
          "decode to graph, against CPython " + peer.version() + " `loads`",
          decode,
          peer.loads(),
          peer.bestLoads(),
          "2.5 x | 4 x");
    }
    line("| allocated bytes a pickle byte | %.2f | 4 | 2 |", decode.allocated() / size);
    for (Peer peer : peers) {
      against(
          "pickle to archive, against CPython " + peer.version() + " `loads`",
          jmh.result("decodeToArchive", file, 1),
          peer.loads(),
          peer.bestLoads(),
          "1.2 x | 2 x");
    }
    for (Peer peer : peers) {
      against(
          "graph to pickle, same bytes, against CPython " + peer.version() + " `dumps`",
          jmh.result("write", file, 1),
          peer.dumps(),
          peer.bestDumps(),
          "1.5 x | 3 x");
    }
    Jmh.Result two = jmh.result("decode", file, 2);
    line(
        "| two threads, decode | %.2f x (%.2f x) | 1.9 x | |",
        2 * two.middle() / decode.middle(), 2 * two.best() / decode.best());
    line("");
    line("| each alone, MB/s | middle | best | allocated bytes a byte |");
    line("| --- | --- | --- | --- |");
    for (String benchmark :
        List.of("decode", "decodeToArchive", "json", "write", "scan", "razorvine")) {
      Jmh.Result result = jmh.result(benchmark, file, 1);
      line(
          "| %s | %.0f | %.0f | %.2f |",
          benchmark,
          result.middle() * size / MEGA,
          result.best() * size / MEGA,
          result.allocated() / size);
    }
    for (Peer peer : peers) {
      line(
          "| CPython %s `loads` | %.0f | %.0f | |",
          peer.version(), size / peer.loads() / MEGA, size / peer.bestLoads() / MEGA);
      line(
          "| CPython %s `dumps` | %.0f | %.0f | |",
          peer.version(), size / peer.dumps() / MEGA, size / peer.bestDumps() / MEGA);
    }
    line("");
  }

  private void against(String what, Jmh.Result result, double seconds, double best, String goals) {
    line(
        "| %s | %.1f x (%.1f x) | %s |",
        what, result.middle() * seconds, result.best() * best, goals);
  }

  /** Milliseconds of five fresh Java machines: decode, then archive. */
  void firstCall(List<String> calls) {
    line(
        "First call of a fresh Java machine, ms to decode and then to archive: %s.",
        String.join("; ", calls));
    line("");
  }

  void gridHead() {
    line("MB/s (and bytes allocated a byte) by size and protocol, middle of one round:");
    line("");
    line(
        "| bytes | protocol | decode | to archive | to JSON | to pickle | scan | razorvine | CPython `loads` | `dumps` |");
    line("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  }

  void gridRow(Jmh jmh, List<String> benchmarks, Path file, Peer.@Nullable Figures peer)
      throws IOException {
    double size = Files.size(file);
    StringBuilder row = new StringBuilder();
    row.append(
        String.format(
            Locale.ROOT,
            "| %,d | %s |",
            (long) size,
            file.getFileName().toString().substring(1, 2)));
    for (String benchmark : benchmarks) {
      Jmh.Result result = jmh.result(benchmark, file, 1);
      row.append(
          String.format(
              Locale.ROOT,
              " %.0f (%.1f) |",
              result.middle() * size / MEGA,
              result.allocated() / size));
    }
    if (peer == null) {
      row.append(" | |");
    } else {
      row.append(
          String.format(
              Locale.ROOT,
              " %.0f | %.0f |",
              size / peer.loads() / MEGA,
              size / peer.dumps() / MEGA));
    }
    line("%s", row);
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }
}
