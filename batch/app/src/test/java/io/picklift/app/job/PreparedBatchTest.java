package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.decode.SaveDecoder;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SourceRow;
import io.picklift.app.target.MappedTables;
import io.picklift.app.target.PreparedSave;
import io.picklift.app.target.SavePreparer;
import io.picklift.codec.Limits;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.RowComputer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class PreparedBatchTest {
  private static final int SAVES = 40;

  private int prepared;

  private PreparedBatch batch(long mostBytes) throws Exception {
    Limits limits = Limits.defaults();
    String text;
    try (var in =
        Objects.requireNonNull(PreparedBatchTest.class.getResourceAsStream("/game/mapping.yaml"))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    SavePreparer preparer =
        new SavePreparer(
            new MappedTables(Mapping.parse("m", text), RowComputer.NONE, limits), false);
    SaveDecoder decoder =
        new SaveDecoder(new BlobDecoder(DecodingEngine.Name.FAST, limits, List.of()), limits);
    List<SourceRow> rows = new ArrayList<>();
    for (int i = 0; i < SAVES; i++) {
      SaveKey key = new SaveKey(List.of(String.valueOf(i)));
      rows.add(new SourceRow(key, Game.save(i), null, Map.of(), null));
    }
    return new PreparedBatch(
        rows,
        0,
        row -> {
          prepared++;
          return preparer.prepare(decoder.decode(row));
        },
        mostBytes,
        null);
  }

  private static List<List<PreparedSave>> parts(PreparedBatch batch) {
    List<List<PreparedSave>> parts = new ArrayList<>();
    for (List<PreparedSave> part = batch.next(); !part.isEmpty(); part = batch.next()) {
      parts.add(part);
    }
    return parts;
  }

  @Test
  void aPartHoldsNoMoreThanItsMemoryAndOneSave() throws Exception {
    long largest = 0;
    for (PreparedSave save : parts(batch(Long.MAX_VALUE)).get(0)) {
      largest = Math.max(largest, save.footprint());
    }
    assertThat(largest).isPositive();
    long most = largest * 3;
    List<List<PreparedSave>> parts = parts(batch(most));
    assertThat(parts).hasSizeGreaterThan(SAVES / 12);
    List<String> keys = new ArrayList<>();
    for (List<PreparedSave> part : parts) {
      long bytes = part.stream().mapToLong(PreparedSave::footprint).sum();
      assertThat(bytes).isLessThanOrEqualTo(most + largest);
      part.forEach(save -> keys.add(save.key().text()));
    }
    assertThat(keys).hasSize(SAVES).startsWith("0", "1", "2").endsWith("38", "39");
  }

  @Test
  void nothingIsPreparedBeforeItIsAskedFor() throws Exception {
    PreparedBatch batch = batch(1);
    assertThat(prepared).isZero();
    assertThat(batch.next()).hasSize(1);
    assertThat(prepared).isEqualTo(1);
  }
}
