package io.picklift.schema.restorable;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.join.SaveJoiner;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Dates with zones, places with values of several kinds, numpy's arrays, subclasses of containers,
 * and changed saves, whose pickles are framed anew: {@code restorable/values.ndjson.gz}, which
 * {@link ValuesDump} made. A line is a mapping, or a save under the mapping before it.
 */
final class RestorableValuesTest {
  @Test
  void everyBuildRestoresValuesThatEarlierOnesSplit() throws Exception {
    byte[] dump;
    try (InputStream in =
            Objects.requireNonNull(
                RestorableValuesTest.class.getResourceAsStream("/restorable/values.ndjson.gz"));
        GZIPInputStream unpacked = new GZIPInputStream(in)) {
      dump = unpacked.readAllBytes();
    }
    PickleWriter writer = new PickleWriter(Limits.defaults());
    Mapping mapping = null;
    int saves = 0;
    for (String line : new String(dump, StandardCharsets.UTF_8).lines().toList()) {
      if (line.startsWith("{\"yaml\"")) {
        byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
        Map<?, ?> texts = (Map<?, ?>) JsonReader.parse(utf8, 0, utf8.length);
        mapping = Mapping.parse("mapping.yaml", String.valueOf(texts.get("yaml")));
        assertThat(mapping.written()).isEqualTo(texts.get("mapping"));
        continue;
      }
      SaveDump save = SaveDump.read(Objects.requireNonNull(mapping), line);
      byte[] pickle =
          writer.write(SaveJoiner.join(mapping, save.residue(), save.rows(), Limits.defaults()));
      String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pickle));
      assertThat(sha256).as(save.name()).isEqualTo(save.sha256());
      saves++;
    }
    assertThat(saves).isGreaterThan(100);
  }
}
