package io.picklift.schema.restorable;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.testing.BaolifeSaves;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows, mapping and residues of saves of baolife, as the first build wrote them that described the
 * residue in {@code proto/RESIDUE.md}: every build restores the pickles from them. {@code
 * src/test/python/restore.py} does it from that page alone. With {@code
 * -Dpicklift.restorable=FILE.ndjson.gz} a dump of today's residues is written into another file.
 */
final class RestorableTest {
  /** Of each protocol so many, the smallest first. */
  private static final int OF_EACH_PROTOCOL = Integer.getInteger("picklift.restorable.each", 2);

  private static InputStream open(String name) {
    return Objects.requireNonNull(
        RestorableTest.class.getResourceAsStream("/restorable/" + name), name);
  }

  private static Mapping mapping() throws Exception {
    try (InputStream in = open("mapping.yaml")) {
      return Mapping.parse("mapping.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** By the version of their residues. */
  @ParameterizedTest
  @ValueSource(strings = {"saves-2.ndjson.gz", "saves-3.ndjson.gz"})
  void everyBuildRestoresWhatEarlierOnesSplit(String dump) throws Exception {
    String file = System.getProperty("picklift.restorable");
    if (file != null) {
      write(Path.of(file));
    }
    Mapping mapping = mapping();
    PickleWriter writer = new PickleWriter(Limits.defaults());
    List<String> lines;
    try (InputStream in = open(dump);
        GZIPInputStream unpacked = new GZIPInputStream(in)) {
      lines = new String(unpacked.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertThat(lines).hasSize(11);
    for (String line : lines) {
      SaveDump save = SaveDump.read(mapping, line);
      byte[] pickle =
          writer.write(SaveJoiner.join(mapping, save.residue(), save.rows(), Limits.defaults()));
      assertThat(sha256(pickle)).as(save.name()).isEqualTo(save.sha256());
    }
  }

  @Test
  void theMappingBesideItIsItsWrittenForm() throws Exception {
    try (InputStream in = open("mapping.written")) {
      assertThat(mapping().written())
          .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void write(Path file) throws Exception {
    Mapping mapping = mapping();
    PickleWriter writer = new PickleWriter(Limits.defaults());
    TreeMap<Integer, List<BaolifeSaves.Save>> byProtocol = new TreeMap<>();
    for (BaolifeSaves.Save save : BaolifeSaves.read()) {
      if (MessageDigest.isEqual(writer.write(save.graph()), save.pickle())
          && SaveSplitter.split(mapping, save.graph(), 1, Limits.defaults()).rows().size() > 0) {
        byProtocol
            .computeIfAbsent(save.graph().style().protocol(), p -> new ArrayList<>())
            .add(save);
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<BaolifeSaves.Save> saves : byProtocol.values()) {
      saves.sort((a, b) -> Integer.compare(a.pickle().length, b.pickle().length));
      for (BaolifeSaves.Save save : saves.subList(0, Math.min(OF_EACH_PROTOCOL, saves.size()))) {
        text.append(
                SaveDump.write(
                    save.name(),
                    sha256(save.pickle()),
                    mapping,
                    SaveSplitter.split(mapping, save.graph(), 1, Limits.defaults())))
            .append('\n');
      }
    }
    zip(file, text.toString());
    Files.writeString(file.resolveSibling("mapping.written"), mapping.written());
  }

  private static void zip(Path file, String text) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        GZIPOutputStream zipped = new GZIPOutputStream(out)) {
      zipped.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
