package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picklift.app.job.Game;
import io.picklift.proto.graph.v1.SaveGraph;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.ArchiveStreamFactory;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code export} makes of a table. */
@Tag("database")
final class ExportCommandTest {
  @TempDir private Path folder = Path.of("");

  private Run export(Game game, String out, Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("export", "--config", game.file(), "--out", folder.resolve(out)));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray());
  }

  private Map<String, byte[]> entries(String archive)
      throws IOException, ArchiveException, CompressorException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(folder.resolve(archive)));
        InputStream plain =
            archive.endsWith(".zip")
                ? file
                : new BufferedInputStream(
                    new CompressorStreamFactory().createCompressorInputStream(file));
        ArchiveInputStream<? extends ArchiveEntry> in =
            new ArchiveStreamFactory().createArchiveInputStream(plain)) {
      for (ArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  @Test
  void everyRowIsAccountedFor() throws Exception {
    Game game = new Game(folder);
    OddRows.put(game);
    Run run = export(game, "saves.zip", "--format", "ndjson");
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(run.out()).startsWith("       132  saves exported\n");
    Map<String, String> refused = new LinkedHashMap<>(OddRows.REFUSED);
    refused.put(OddRows.OTHER_ROOT, "wrong-root");
    refused.forEach(
        (key, reason) -> {
          assertThat(run.out()).contains("         1  would be quarantined: " + reason + "\n");
          assertThat(run.err()).containsPattern("(?m)^" + key + ": " + reason + "[:,] ");
        });
    assertThat(run.err()).hasLineCount(6).contains("it names posix.system");
    List<JsonNode> lines = new ArrayList<>();
    Map<String, byte[]> entries = entries("saves.zip");
    ObjectMapper mapper = new ObjectMapper();
    String text =
        new String(entries.getOrDefault("saves.ndjson", new byte[0]), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      lines.add(mapper.readTree(line));
    }
    // In the order of the keys, what was wrapped as well.
    List<String> keys = lines.stream().map(line -> line.get("key").asText()).toList();
    List<String> sorted = new ArrayList<>(keys);
    Collections.sort(sorted);
    assertThat(keys).hasSize(OddRows.SAVES).isEqualTo(sorted).contains("wrapped-1", "wrapped-2");
    assertThat(lines.get(keys.indexOf("wrapped-1")).at("/player/0/name").asText())
        .isEqualTo("Player 9");
    assertThat(entries).containsKeys("Save.schema.json", "Player.schema.json");
  }

  @Test
  void theSameTableGivesTheSameArchiveWithAnyNumberOfThreads() throws Exception {
    Game game = new Game(folder);
    OddRows.put(game);
    for (String format : List.of("proto", "ndjson")) {
      for (String ending : List.of(".tar.gz", ".tar.zst", ".zip")) {
        Run one = export(game, "one" + ending, "--format", format, "--threads", 1);
        Run four = export(game, "four" + ending, "--format", format, "--threads", 4);
        assertThat(four).isEqualTo(one);
        assertThat(folder.resolve("four" + ending))
            .as(format + ending)
            .hasSameBinaryContentAs(folder.resolve("one" + ending));
        assertThat(entries("one" + ending))
            .containsKey(format.equals("proto") ? "saves.bin" : "saves.ndjson");
      }
    }
  }

  @Test
  void graphsAreReadByWhatProtocMakesOfTheSchemaAlone() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    Files.delete(folder.resolve("mapping.yaml"));
    Run run = export(game, "graphs.zip", "--format", "graph");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("        12  saves exported\n");
    Map<String, byte[]> entries = entries("graphs.zip");
    assertThat(new String(entries.getOrDefault("graph.proto", new byte[0]), StandardCharsets.UTF_8))
        .contains("message SaveGraph {");

    InputStream in = new ByteArrayInputStream(entries.getOrDefault("graphs.bin", new byte[0]));
    int saves = 0;
    for (SaveGraph graph = SaveGraph.parseDelimitedFrom(in);
        graph != null;
        graph = SaveGraph.parseDelimitedFrom(in)) {
      assertThat(graph.getVersion()).isEqualTo(1);
      assertThat(graph.getRoot()).isBetween(0, graph.getOps().size() - 1);
      // The class that the root is an object of, read from the arena by hand.
      assertThat(graph.getText().toString(StandardCharsets.ISO_8859_1)).contains("Player");
      // The key; its number where the classes were made before the field was.
      assertThat(graph.toString()).containsPattern("(?m)^(key|13): \"");
      saves++;
    }
    assertThat(saves).isEqualTo(12);
  }

  @Test
  void aTableOfGoodSavesIsExportedWithNothingToLookAt() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    Run run = export(game, "saves.tar.gz");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(entries("saves.tar.gz")).containsKeys("saves.bin", "game.proto");
  }

  /** A column inserted before others, or one taken away, changes no number of another. */
  @Test
  void fieldNumbersStayBesideTheMapping() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    assertThat(export(game, "first.zip").status()).isZero();
    String first = Files.readString(folder.resolve("game.proto.lock"));
    assertThat(first).contains("name: ");
    Path mapping = folder.resolve("mapping.yaml");
    String text = Files.readString(mapping);
    Files.writeString(
        mapping, text.replaceFirst("      name: .*\n", "      level2: {path: level, type: INT}\n"));
    assertThat(export(game, "second.zip").status()).isZero();
    String proto = text(entries("second.zip"), "game.proto");
    assertThat(field(proto, "money"))
        .isEqualTo(field(text(entries("first.zip"), "game.proto"), "money"));
    assertThat(proto).contains("reserved");
    assertThat(field(proto, "level2")).isGreaterThan(field(proto, "money"));
    assertThat(text(entries("second.zip"), "HOW-TO-READ.md"))
        .contains("`saves.bin` holds one Protobuf message")
        .contains("| `Friend` | an object of `game.Friend` |");
  }

  @Test
  void columnsOfAdaptersAreExported() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    Files.writeString(
        folder.resolve("adapter.py"),
        """
        from picklift import column
        @column('player.shout', 'VARCHAR(40)')
        def shout(player): return player.name.upper()
        """);
    Files.writeString(game.file(), Files.readString(game.file()) + "adapters: [\"adapter.py\"]\n");
    Run run = export(game, "saves.zip", "--format", "ndjson");
    assertThat(run.status()).as(run.err()).isZero();
    Map<String, byte[]> entries = entries("saves.zip");
    JsonNode first =
        new ObjectMapper().readTree(text(entries, "saves.ndjson").lines().toList().get(0));
    assertThat(first.at("/player/0/shout").asText())
        .isEqualTo(first.at("/player/0/name").asText().toUpperCase(java.util.Locale.ROOT))
        .startsWith("PLAYER");
    assertThat(text(entries, "Player.schema.json")).contains("computed by an adapter");
    assertThat(text(entries, "HOW-TO-READ.md"))
        .contains("`null`: None stands there")
        .contains("No value was left out.");
  }

  private static int field(String proto, String name) {
    var found =
        java.util.regex.Pattern.compile("(?s)message Player \\{.*? " + name + " = (\\d+);")
            .matcher(proto);
    assertThat(found.find()).as(name + " in " + proto).isTrue();
    return Integer.parseInt(found.group(1));
  }

  private static String text(Map<String, byte[]> entries, String name) {
    return new String(entries.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
  }

  @Test
  void withoutALockThatCanBeWrittenNothingIsExported() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    // A folder stands where the lock would be.
    Files.createDirectories(folder.resolve("game.proto.lock/in-the-way"));
    Run run = export(game, "saves.zip");
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(folder.resolve("saves.zip")).doesNotExist();
  }
}
