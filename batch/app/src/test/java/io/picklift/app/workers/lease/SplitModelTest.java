package io.picklift.app.workers.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.workers.lease.SplitModel.Rules;
import io.picklift.app.workers.lease.SplitModel.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges that are split are done whole, and by one at a time, in every order of things. */
final class SplitModelTest {
  private static final Size STOPS_AND_DEATHS = new Size(2, 3, 2, 1, 1, 0);
  private static final Size STOPS_AND_RESTARTS = new Size(2, 3, 2, 1, 0, 1);
  private static final Size LARGE = new Size(3, 8, 5, 4, 3, 2);
  private static final int WALKS = 2_000;
  private static final int MOST_STEPS = 100_000;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noOrderOfThingsBreaksAPromise(boolean isFromTarget) {
    Rules rules = Rules.asTheyAre(isFromTarget);
    assertThat(new SplitModel(rules, STOPS_AND_DEATHS).explore()).isGreaterThan(100_000);
    assertThat(new SplitModel(rules, STOPS_AND_RESTARTS).explore()).isGreaterThan(100_000);
  }

  /** More workers, saves and splits than all orders of which can be gone through. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noneOfManyWaysThatSeedsPickBreaksAPromise(boolean isFromTarget) {
    SplitModel model = new SplitModel(Rules.asTheyAre(isFromTarget), LARGE);
    long steps = 0;
    for (long seed = 1; seed <= WALKS; seed++) {
      steps += model.walk(seed, MOST_STEPS);
    }
    assertThat(steps).isGreaterThan(WALKS);
  }

  @Test
  void aWorkerThatWakesUpLateSplitsAnothersRangeWhereItDoesNotLookAtTheEpoch() {
    assertThatThrownBy(
            () -> new SplitModel(new Rules(false, false, true, true), STOPS_AND_DEATHS).explore())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("two attempts that may both write had one save in hand");
  }

  @Test
  void aRestIsLeftOutWhereLeasesAreReadAfterRests() {
    assertThatThrownBy(
            () -> new SplitModel(new Rules(false, true, false, true), STOPS_AND_DEATHS).explore())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a save was not written at the end");
  }

  @Test
  void aRestIsDoneTwiceWhereNobodyLooksForItAfterALeaseIsTakenAway() {
    assertThatThrownBy(
            () -> new SplitModel(new Rules(false, true, true, false), STOPS_AND_DEATHS).explore())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("two attempts that may both write had one save in hand");
  }
}
