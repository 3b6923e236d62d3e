package io.picklift.app.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.memory.LastResort;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.SaveResult.Status;
import io.picklift.app.source.SaveKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of saves where the heap is too small for several of them. */
final class RoomyVerifierTest {
  private static final List<SaveKey> KEYS =
      List.of(new SaveKey(List.of("a")), new SaveKey(List.of("b")), new SaveKey(List.of("c")));

  private RoomyVerifier roomy(RoomyVerifier.Usual alone) {
    return new RoomyVerifier(new LastResort(), () -> alone);
  }

  private static RowVerifier.Found equal(List<SaveKey> keys) {
    return new RowVerifier.Found(
        keys.stream().map(key -> new SaveResult(key.text(), Status.EQUAL, "", List.of())).toList(),
        Map.of());
  }

  @Test
  void whatRanOutOfMemoryIsVerifiedAgainOneByOne() throws Exception {
    List<List<SaveKey>> alone = new ArrayList<>();
    RowVerifier.Found found =
        roomy(
                keys -> {
                  alone.add(keys);
                  return equal(keys);
                })
            .verify(
                keys -> {
                  throw new OutOfMemoryError("among others");
                },
                KEYS);
    assertThat(found.results()).extracting(SaveResult::status).containsOnly(Status.EQUAL);
    assertThat(alone).containsExactlyElementsOf(KEYS.stream().map(List::of).toList());
  }

  @Test
  void oneThatIsTooLargeEvenAloneIsNotProven() throws Exception {
    RowVerifier.Found found =
        roomy(
                keys -> {
                  if (keys.equals(KEYS.subList(1, 2))) {
                    // As the driver says it where it reads a packet.
                    throw new SQLException("Java heap space", "HY001", new OutOfMemoryError());
                  }
                  return equal(keys);
                })
            .verify(
                keys -> {
                  throw new OutOfMemoryError("among others");
                },
                KEYS);
    assertThat(found.results())
        .extracting(SaveResult::status)
        .containsExactly(Status.EQUAL, Status.UNPROVEN, Status.EQUAL);
    assertThat(found.results().get(1).findings().get(0).message())
        .startsWith("not proven: limit: not enough memory for this save");
  }
}
