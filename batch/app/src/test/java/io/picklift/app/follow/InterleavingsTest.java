package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.follow.log.LoggedTransaction;
import io.picklift.app.follow.place.LogPlace;
import io.picklift.app.source.SaveKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every interleaving of an application's writes with the first migration, the following and a kill
 * at any moment. A write is in the log first and visible later; its row is locked between. The
 * pending keys and the places are the follower's own; server and target are a model.
 */
final class InterleavingsTest {
  private static final String SERVER = "00000000-0000-0000-0000-000000000001";

  /** Which key each write is to. Writes of one key come one after the other. */
  private static final List<String> WRITES = List.of("a", "b", "a");

  /** The steps of an application: each write in the log, then visible. */
  private static final List<List<String>> APPLICATIONS =
      List.of(
          List.of("log0", "see0", "log1", "see1", "log2", "see2"),
          List.of("log0", "log1", "see0", "see1", "log2", "see2"),
          List.of("log0", "log1", "see1", "see0", "log2", "see2"),
          List.of("log0", "log1", "see0", "log2", "see1", "see2"),
          List.of("log0", "see0", "log1", "log2", "see2", "see1"));

  private static final List<String> FOLLOWER =
      List.of("place", "read a", "read b", "work", "work", "work");

  /** How the model errs on purpose, so that the test shows that it would notice. */
  private enum Flaw {
    NONE,
    PLACE_OF_THE_LOG,
    PLAIN_READS,
    PLACE_AHEAD
  }

  /** A server, a target, and a follower that may be killed. */
  private static final class World {
    private final Flaw flaw;
    private final List<String> log = new ArrayList<>();
    private final Map<String, Integer> visible = new TreeMap<>();
    private final List<Integer> seen = new ArrayList<>();
    private final Map<String, Integer> target = new TreeMap<>();

    /** What the target has of the place; kept over a kill. */
    private String place = "";

    private boolean isPlaceTaken;
    private boolean isMigrated;

    private PendingKeys pending = new PendingKeys(0);
    private ReadPlaces places = new ReadPlaces(new LogPlace(SERVER, "", "f.1", 4));
    private int read;
    private boolean isFollowing;

    World(Flaw flaw) {
      this.flaw = flaw;
      visible.put("a", -1);
      visible.put("b", -1);
    }

    void step(String step) {
      switch (step.substring(0, 3)) {
        case "log" -> log.add(step.substring(3));
        case "see" -> {
          int write = Integer.parseInt(step.substring(3));
          visible.put(WRITES.get(write), write);
          seen.add(write);
        }
        case "pla" -> takePlace();
        case "rea" -> {
          String key = step.substring(5);
          if (!isMigrated) {
            target.put(key, visible.getOrDefault(key, -1));
            isMigrated = key.equals("b");
          }
        }
        case "wor" -> work();
        default -> throw new IllegalArgumentException(step);
      }
    }

    private void takePlace() {
      if (isPlaceTaken) {
        return;
      }
      isPlaceTaken = true;
      List<String> before = new ArrayList<>();
      for (String write : log) {
        if (flaw == Flaw.PLACE_OF_THE_LOG || seen.contains(Integer.parseInt(write))) {
          before.add(SERVER + ":" + (Integer.parseInt(write) + 1));
        }
      }
      place = String.join(",", before);
    }

    /** Nothing of the process is left. */
    void kill() {
      pending = new PendingKeys(0);
      read = 0;
      isFollowing = false;
    }

    private void work() {
      if (!isFollowing) {
        isFollowing = true;
        places = new ReadPlaces(new LogPlace(SERVER, place, "f.1", 4));
      }
      while (read < log.size()) {
        int write = Integer.parseInt(log.get(read++));
        String gtid = SERVER + ":" + (write + 1);
        if (contains(place, gtid)) {
          continue;
        }
        long order =
            places.read(
                new LoggedTransaction(Map.of(), false, 0, null, null, gtid, "f.1", 4L + read, 0));
        pending.add(new SaveKey(List.of(WRITES.get(write))), order, false, 0);
      }
      if (flaw == Flaw.PLACE_AHEAD) {
        enter(Long.MAX_VALUE);
      }
      // Long after any pause.
      List<PendingKeys.Pending> due = pending.take(10, Long.MAX_VALUE / 2);
      for (PendingKeys.Pending one : due) {
        String key = one.key().parts().get(0);
        if (isLocked(key) && flaw != Flaw.PLAIN_READS) {
          pending.putBack(List.of(one), 0);
        } else {
          target.put(key, visible.getOrDefault(key, -1));
        }
      }
      enter(pending.oldest());
    }

    private void enter(long before) {
      if (places.done(before)) {
        place = String.valueOf(places.place().gtids());
      }
    }

    private static boolean contains(String set, String gtid) {
      return new ReadPlaces(new LogPlace(SERVER, set, "f.1", 4))
          .place()
          .equals(
              new LogPlace(
                  SERVER,
                  io.picklift.app.follow.place.GtidSet.parse(
                          set.isEmpty() ? gtid : set + "," + gtid)
                      .toString(),
                  "f.1",
                  4));
    }

    private boolean isLocked(String key) {
      return log.stream()
          .map(Integer::parseInt)
          .anyMatch(write -> WRITES.get(write).equals(key) && !seen.contains(write));
    }

    /** Everything that was begun comes to its end. */
    void end() {
      for (String step : FOLLOWER) {
        step(step);
      }
      work();
    }

    boolean isRight() {
      return target.equals(visible);
    }
  }

  private static void interleave(
      List<String> first, List<String> second, List<String> so, Consumer<List<String>> each) {
    if (first.isEmpty() && second.isEmpty()) {
      each.accept(so);
      return;
    }
    if (!first.isEmpty()) {
      so.add(first.get(0));
      interleave(first.subList(1, first.size()), second, so, each);
      so.remove(so.size() - 1);
    }
    if (!second.isEmpty()) {
      so.add(second.get(0));
      interleave(first, second.subList(1, second.size()), so, each);
      so.remove(so.size() - 1);
    }
  }

  /** How many interleavings there are, and how many of them end wrongly. */
  private static Map<String, Integer> tried(Flaw flaw) {
    Map<String, Integer> counts = new HashMap<>();
    for (List<String> application : APPLICATIONS) {
      interleave(
          application,
          FOLLOWER,
          new ArrayList<>(),
          steps -> {
            // One that ends wrongly is enough to show that the flaw is noticed.
            boolean isShown = flaw != Flaw.NONE && counts.containsKey("wrong");
            for (int kill = 0; kill <= steps.size() && !isShown; kill++) {
              World world = new World(flaw);
              for (int i = 0; i < steps.size(); i++) {
                if (i == kill) {
                  world.kill();
                }
                world.step(steps.get(i));
              }
              world.kill();
              world.end();
              counts.merge(world.isRight() ? "right" : "wrong", 1, Integer::sum);
            }
          });
    }
    return counts;
  }

  @Test
  void noInterleavingMissesAWrite() {
    Map<String, Integer> counts = tried(Flaw.NONE);
    assertThat(counts.getOrDefault("right", 0)).isGreaterThan(50_000);
    assertThat(counts).doesNotContainKey("wrong");
  }

  @Test
  void eachPrecautionIsNeeded() {
    assertThat(tried(Flaw.PLACE_OF_THE_LOG)).containsKey("wrong");
    assertThat(tried(Flaw.PLAIN_READS)).containsKey("wrong");
    assertThat(tried(Flaw.PLACE_AHEAD)).containsKey("wrong");
  }
}
