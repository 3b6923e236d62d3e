package io.picklift.schema.renames;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 200 renames among as many attributes that merely appear or vanish, in 50 applications. */
class SeededRenamesTest {
  private static final int APPLICATIONS = 50;
  private static final int RENAMES = 200;

  static List<String[]> vocabulary() throws Exception {
    try (var in = SeededRenamesTest.class.getResourceAsStream("/drift/attributes.tsv")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t"))
          .toList();
    }
  }

  private static List<List<SimulatedHistory.Change>> changes(Random random) {
    List<SimulatedHistory.Change> all = new ArrayList<>();
    for (int i = 0; i < RENAMES; i++) {
      all.add(SimulatedHistory.Change.RENAME);
      all.add(i % 2 == 0 ? SimulatedHistory.Change.APPEAR : SimulatedHistory.Change.VANISH);
    }
    Collections.shuffle(all, random);
    List<List<SimulatedHistory.Change>> byApplication = new ArrayList<>();
    for (int i = 0; i < APPLICATIONS; i++) {
      byApplication.add(all.subList(i * 8, i * 8 + 8));
    }
    return byApplication;
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 99, 1234, 20261126})
  void mostRenamesAreFoundAndHardlyAnythingElseIsTakenForOne(long seed) throws Exception {
    Random random = new Random(seed);
    int proposed = 0;
    int right = 0;
    int sure = 0;
    List<String> wrong = new ArrayList<>();
    List<String> wronglySure = new ArrayList<>();
    for (List<SimulatedHistory.Change> changes : changes(random)) {
      SimulatedHistory history = new SimulatedHistory(random, vocabulary(), changes);
      Profile profile = history.profile();
      ClassProfile of = profile.classes().values().iterator().next();
      for (AttributeRenames.Rename rename : AttributeRenames.of(of.body())) {
        boolean isRight =
            Arrays.asList(
                    rename.older() + " " + rename.newer(), rename.newer() + " " + rename.older())
                .stream()
                .anyMatch(history.renames::contains);
        proposed++;
        right += isRight ? 1 : 0;
        sure += rename.isSure() ? 1 : 0;
        if (!isRight) {
          (rename.isSure() ? wronglySure : wrong).add(rename.toString());
        }
      }
    }
    String figures =
        right + " of " + proposed + " proposals are right, " + sure + " are sure; wrong: " + wrong;
    assertThat(wronglySure).as(figures).isEmpty();
    assertThat(right).as(figures).isGreaterThanOrEqualTo(RENAMES * 80 / 100);
    assertThat(right * 100).as(figures).isGreaterThanOrEqualTo(proposed * 95);
  }
}
