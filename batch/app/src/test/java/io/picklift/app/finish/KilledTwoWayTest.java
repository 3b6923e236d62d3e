package io.picklift.app.finish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way to the tables and back, with a process that is killed with SIGKILL at seeded moments of
 * {@code cutover}, {@code writeback}, {@code evolve} and {@code finish}, in turn. The same command
 * goes on, and in the end everything is as if nobody had been killed. Run by {@code
 * batch/bench/twoway.sh}.
 */
@Tag("database")
@EnabledIfSystemProperty(named = "picklift.twoway.kills", matches = "[0-9]+")
final class KilledTwoWayTest {
  private static final int KILLS = Integer.getInteger("picklift.twoway.kills", 6);
  private static final long SEED = Long.getLong("picklift.twoway.seed", 1L);

  @TempDir private Path folder = Path.of("");

  /** How long each command worked where nobody killed it, in nanoseconds. */
  private final Map<String, Long> took = new HashMap<>();

  /** How often each command was killed while it held the target. */
  private final Map<String, Integer> killed = new HashMap<>();

  private final List<String> told = new ArrayList<>();

  @Test
  void aKilledCommandGoesOn() throws Exception {
    Random random = new Random(SEED);
    Map<String, Object> undisturbed = round("undisturbed", random);
    for (int round = 1; kills() < KILLS; round++) {
      assertThat(round).as(told.toString()).isLessThanOrEqualTo(4 * KILLS);
      Map<String, Object> disturbed = round("round " + round, random);
      for (Map.Entry<String, Object> state : undisturbed.entrySet()) {
        assertThat(disturbed.get(state.getKey()))
            .as("%s in round %s of seed %s; %s", state.getKey(), round, SEED, told)
            .isEqualTo(state.getValue());
      }
    }
    Path log = Path.of(System.getProperty("picklift.twoway.log", "target/twoway.log"));
    Files.writeString(
        log,
        String.join("\n", told)
            + "\nseed %d: %d kills of commands that held the target %s; no difference%n"
                .formatted(SEED, kills(), new TreeMap<>(killed)));
  }

  private int kills() {
    return killed.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether a command was killed as often as its quarter is. */
  private boolean isKilledEnough(String command) {
    int quarter = (KILLS + TwoWayRound.COMMANDS.size() - 1) / TwoWayRound.COMMANDS.size();
    return kills() >= KILLS || killed.getOrDefault(command, 0) >= quarter;
  }

  /** All four commands one after the other; what there is after each. */
  private Map<String, Object> round(String name, Random random) throws Exception {
    boolean isUndisturbed = name.equals("undisturbed");
    TwoWayRound round =
        new TwoWayRound(Files.createDirectories(folder.resolve(name)), SEED % 2 == 0);
    Map<String, Object> states = new HashMap<>();
    for (String command : TwoWayRound.COMMANDS) {
      round.prepare(command);
      String what = name + ", " + command;
      if (isUndisturbed) {
        took.put(command, round.start(command).end(Long.MAX_VALUE).nanos());
      } else if (!isKilledEnough(command)) {
        // The last part of a command is as likely as its first.
        long moment = random.nextLong(Math.max(1, took.getOrDefault(command, 1L)));
        TwoWayRound.End end = round.start(command).end(moment);
        if (end.isInTheMiddle()) {
          killed.merge(command, 1, Integer::sum);
        } else {
          took.merge(command, end.nanos(), Math::min);
        }
        told.add(what + " " + end);
        round.again(command, what + " " + end);
      } else {
        round.again(command, what);
      }
      states.put(command, round.state(command));
    }
    return states;
  }
}
