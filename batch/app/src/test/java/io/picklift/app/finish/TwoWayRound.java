package io.picklift.app.finish;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.lock.TargetLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One game that goes to its tables, is written back, gets another mapping, and is finished. */
final class TwoWayRound {
  static final List<String> COMMANDS = List.of("cutover", "writeback", "evolve", "finish");
  private static final int SAVES = 240;
  private static final List<String> TABLES =
      List.of("player", "friend", "player_friend", "bag_item");

  private final Finishing target;
  private final Path folder;
  private final Path next;

  /**
   * @param hasTriggers whether writeback finds what changed by triggers
   */
  TwoWayRound(Path folder, boolean hasTriggers) throws Exception {
    this.folder = folder;
    target = new Finishing(folder, SAVES);
    if (hasTriggers) {
      target.game.append("run: {changes: triggers}\n");
    }
    next = folder.resolve("next.yaml");
    Finishing.assertDone(target.run("migrate"));
  }

  /**
   * How a process ended.
   *
   * @param nanos since it took the target
   * @param isInTheMiddle whether it was killed while it had it
   */
  record End(long nanos, boolean isInTheMiddle) {
    @Override
    public String toString() {
      return (isInTheMiddle ? "killed after " : "ended after ") + nanos / 1_000_000 + " ms";
    }
  }

  /** A process under way. */
  interface Begun {
    /** Waits for so many nanoseconds after it took the target, and kills it then. */
    End end(long nanos) throws Exception;
  }

  /** What the application does before. */
  void prepare(String command) throws Exception {
    switch (command) {
      case "writeback" -> edit("level + 5", 0);
      case "evolve" -> {
        edit("level + 70", 1);
        String mapping = Files.readString(folder.resolve("mapping.yaml"));
        Files.writeString(next, mapping.replace("level: INT", "level: BIGINT\n      notes: JSON"));
      }
      case "finish" -> edit("level + 900", 2);
      default -> {
        // The first command finds the saves as they were migrated.
      }
    }
  }

  /** Two of three saves get another level, one of three a row more, one of three a row less. */
  private void edit(String level, int rest) throws Exception {
    String number = "CAST(SUBSTRING(s.source_key, 2) AS UNSIGNED)";
    target.game.target(
        "UPDATE player p JOIN picklift_save s ON s.save_id = p.save_id SET p.level = p."
            + level
            + " WHERE "
            + number
            + " % 3 <> "
            + rest);
    target.game.target(
        "INSERT INTO bag_item (save_id, ordinal, player_ordinal, position, thing, amount)"
            + " SELECT save_id, "
            + (100 + rest)
            + ", 0, 77, 'lamp "
            + rest
            + "', 3 FROM picklift_save s WHERE "
            + number
            + " % 3 = "
            + rest);
    target.game.target(
        "DELETE b FROM bag_item b JOIN picklift_save s ON s.save_id = b.save_id WHERE b.ordinal = "
            + rest
            + " AND "
            + number
            + " % 3 = "
            + (rest + 1) % 3);
  }

  private List<String> line(String command) {
    List<String> line = new ArrayList<>(List.of(command));
    switch (command) {
      case "cutover" -> line.add("--all");
      case "evolve" -> line.addAll(List.of("--mapping", next.toString()));
      case "finish" -> line.addAll(List.of("--archive", target.archive.toString()));
      default -> {
        // writeback writes all.
      }
    }
    line.addAll(List.of("--config", target.game.file().toString()));
    return line;
  }

  Begun start(String command) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx256m", "-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    line.add("io.picklift.app.cli.Main");
    line.addAll(line(command));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("PICKLIFT_LOG", folder.resolve("picklift.log").toString());
    Path out = folder.resolve(command + ".out");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    return nanos -> end(process, nanos, out);
  }

  private End end(Process process, long nanos, Path out) throws Exception {
    try (Connection connection = target.game.targetConnection()) {
      while (process.isAlive() && !TargetLock.isHeld(connection)) {
        Thread.sleep(2);
      }
      long begin = System.nanoTime();
      boolean isDone = process.waitFor(Math.min(nanos, 120_000_000_000L), TimeUnit.NANOSECONDS);
      boolean isHeld = !isDone && TargetLock.isHeld(connection);
      process.destroyForcibly().waitFor();
      if (isDone) {
        assertThat(process.exitValue()).as(Files.readString(out)).isEqualTo(ExitStatus.DONE);
      }
      return new End(System.nanoTime() - begin, isHeld);
    }
  }

  /** The same command once more, to its end. */
  void again(String command, String what) throws Exception {
    Run run = target.run(line(command).subList(0, line(command).size() - 2).toArray());
    assertThat(run.status()).as("%s: %s%s", what, run.out(), run.err()).isEqualTo(ExitStatus.DONE);
  }

  /** What is there after a command, by the saves' keys where there are any. */
  Object state(String command) throws Exception {
    List<Object> state = new ArrayList<>();
    if (command.equals("evolve")) {
      Files.copy(next, folder.resolve("mapping.yaml"), StandardCopyOption.REPLACE_EXISTING);
    }
    state.add(list(target.game.sourceUrl(), "SELECT id, SHA2(data, 256) FROM saves ORDER BY id"));
    boolean isFinished = command.equals("finish");
    for (String table : TABLES) {
      state.add(
          list(
              target.game.targetUrl(),
              isFinished
                  ? "SELECT t.* FROM " + table + " t"
                  : "SELECT s.source_key, t.* FROM "
                      + table
                      + " t JOIN picklift_save s ON s.save_id = t.save_id"));
    }
    if (isFinished) {
      target.assertFinished();
      state.add(target.archived());
    } else {
      state.add(list(target.game.targetUrl(), "SELECT source_key, owner FROM picklift_save"));
      state.add(target.restored());
    }
    return state;
  }

  /** Rows as text, sorted, without the ids that a run deals out. */
  private List<String> list(String url, String sql) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection connection = target.game.connection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          if (!row.getMetaData().getColumnName(i).equals("save_id")) {
            text.append(row.getString(i)).append('|');
          }
        }
        rows.add(text.toString());
      }
    }
    return rows.stream().sorted().toList();
  }
}
