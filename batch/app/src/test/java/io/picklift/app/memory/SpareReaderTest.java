package io.picklift.app.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.decode.SaveDecoder;
import io.picklift.app.decode.SaveOutcome;
import io.picklift.app.input.LeftOut;
import io.picklift.app.source.CarriedColumns;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.SourceRow;
import io.picklift.codec.Limits;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of rows that the heap is too small for. */
final class SpareReaderTest {
  private static final SaveKey SMALL = new SaveKey(List.of("small"));
  private static final SaveKey LARGE = new SaveKey(List.of("large"));
  private static final SaveKey GONE = new SaveKey(List.of("gone"));
  private static final String SHA256 = "ab".repeat(32);

  /** Two rows are too much for it together, and one of them even alone. */
  private static SaveSource source() {
    return (SaveSource)
        Proxy.newProxyInstance(
            SaveSource.class.getClassLoader(),
            new Class<?>[] {SaveSource.class},
            (proxy, method, arguments) -> {
              List<?> keys = (List<?>) arguments[0];
              boolean isRead = method.getName().equals("read");
              if (isRead && (keys.size() > 1 || keys.contains(LARGE))) {
                throw new OutOfMemoryError("of the test");
              }
              List<SourceRow> rows = new ArrayList<>();
              if (keys.contains(SMALL)) {
                rows.add(new SourceRow(SMALL, new byte[] {1}, null, Map.of(), null));
              }
              if (keys.contains(LARGE)) {
                rows.add(
                    new SourceRow(
                        LARGE,
                        null,
                        "7",
                        Map.of(),
                        null,
                        CarriedColumns.NOTHING,
                        new LeftOut(300_000_000, SHA256)));
              }
              return rows;
            });
  }

  @Test
  void oneThatIsTooLargeEvenAloneComesWithoutItsBlob() throws Exception {
    SaveBatch batch =
        new SpareReader(source(), new LastResort()).read(List.of(SMALL, LARGE, GONE), true);
    assertThat(batch.rows()).extracting(SourceRow::key).containsExactly(SMALL, LARGE);
    assertThat(batch.lost()).containsExactly(GONE);
    assertThat(batch.rows().get(0).blob()).containsExactly(1);
    SourceRow large = batch.rows().get(1);
    assertThat(large.blob()).isNull();
    assertThat(large.blobSha256()).isEqualTo(SHA256);
    BlobDecoder blobs = new BlobDecoder(DecodingEngine.Name.FAST, Limits.defaults(), null);
    SaveOutcome outcome = new SaveDecoder(blobs, Limits.defaults()).decode(large);
    assertThat(((SaveOutcome.Refused) outcome).refusal().line())
        .isEqualTo(
            "limit: the BLOB has 300,000,000 bytes: not enough memory to read it, even alone; give"
                + " Java a larger -Xmx");
  }
}
