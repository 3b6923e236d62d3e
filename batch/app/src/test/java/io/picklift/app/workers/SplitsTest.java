package io.picklift.app.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.workers.lease.Leases.Lease;
import io.picklift.app.workers.lease.Leases.State;
import io.picklift.app.workers.lease.Progress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SplitsTest {
  private static final Lease FIRST = lease(1);
  private static final Lease SECOND = lease(2);

  private final Splits splits = new Splits(100);

  private static Lease lease(long id) {
    return new Lease(id, 1, "", State.HELD, false, 1, null, 0, null, Progress.NONE);
  }

  private static void pass() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(60);
  }

  @Test
  void aRangeThatIsLongUnderWayIsSplitOnceSomebodyHasNothingToDo() throws Exception {
    assertThat(splits.tooLong(List.of(FIRST, SECOND), 2)).isEmpty();
    pass();
    assertThat(splits.tooLong(List.of(FIRST, SECOND), 2)).as("all have something").isEmpty();
    assertThat(splits.tooLong(List.of(FIRST), 2)).as("something waits").isEmpty();
    assertThat(splits.tooLong(List.of(FIRST), 1)).containsExactly(FIRST);
    splits.asked(FIRST);
    pass();
    assertThat(splits.tooLong(List.of(FIRST), 1)).as("it was asked").isEmpty();
    splits.split(1);
    pass();
    assertThat(splits.tooLong(List.of(FIRST), 1)).as("it gave up a part").containsExactly(FIRST);
  }

  @Test
  void aRangeThatTakesAsLongAsOthersIsNotSplit() throws Exception {
    assertThat(splits.tooLong(List.of(FIRST, SECOND), 3)).isEmpty();
    TimeUnit.MILLISECONDS.sleep(2_000);
    splits.done(2);
    assertThat(splits.tooLong(List.of(FIRST), 1)).isEmpty();
  }
}
