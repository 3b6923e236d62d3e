package io.picklift.app.workers.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What leases promise holds in every order of things, and only by what they are made of. */
final class LeaseModelTest {
  @Test
  void noOrderOfThingsBreaksAPromise() {
    LeaseModel model = new LeaseModel(true, false);
    assertThat(model.explore()).isGreaterThan(10_000);
    assertThat(model.ends()).isPositive();
  }

  @Test
  void aWorkerThatWakesUpLateWritesWhereTransactionsDoNotLookAtTheEpoch() {
    assertThatThrownBy(() -> new LeaseModel(false, false).explore())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("after a higher one was granted");
  }

  @Test
  void aWorkerLosesItsLeaseToItsOwnTransactionWhereSignsOfLifeAreInTheSameRow() {
    assertThatThrownBy(() -> new LeaseModel(true, true).explore())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("lost its lease while its chunk was in hand");
  }
}
