package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picklift.app.job.Game;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code profile} makes of a table. */
@Tag("database")
final class ProfileCommandTest {
  @TempDir private Path folder = Path.of("");

  private Run profile(Game game, String out, Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("profile", "--config", game.file(), "--out", folder.resolve(out)));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray());
  }

  private JsonNode json(String out) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(out).resolve("profile.json").toFile());
  }

  @Test
  void everyRowIsAccountedFor() throws Exception {
    Game game = new Game(folder);
    OddRows.put(game);
    Run run = profile(game, "out");
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("       133  saves read, ")
        .contains("       132  have game.Player at their root")
        .contains("         1  have posix.system at their root");
    OddRows.REFUSED.forEach(
        (key, reason) -> {
          assertThat(run.out()).contains("         1  would be quarantined: " + reason + "\n");
          assertThat(run.err()).containsPattern("(?m)^" + key + ": " + reason + "[:,] ");
        });
    JsonNode saves = json("out").get("saves");
    assertThat(saves.get("count").asInt()).isEqualTo(OddRows.SAVES + 1);
    assertThat(saves.get("encodings").toString())
        .isEqualTo("{\"none\":131,\"base64+zlib\":1,\"zlib\":1}");
    assertThat(saves.get("refused").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(OddRows.REFUSED.values());
  }

  @Test
  void theSameTableGivesTheSameFilesWithAnyNumberOfThreads() throws Exception {
    Game game = new Game(folder);
    OddRows.put(game);
    Run one = profile(game, "one", "--threads", 1);
    Run four = profile(game, "four", "--threads", 4);
    Run again = profile(game, "again", "--threads", 4);
    assertThat(four).isEqualTo(one);
    assertThat(again).isEqualTo(one);
    Map<String, String> files = files("one");
    assertThat(files)
        .containsKeys("mapping.yaml", "tables.sql", "game.proto", "profile.json", "profile.html");
    assertThat(files("four")).isEqualTo(files);
    assertThat(files("again")).isEqualTo(files);
  }

  private Map<String, String> files(String out) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder.resolve(out))) {
      for (Path file : all.toList()) {
        files.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    return files;
  }

  @Test
  void firstAndLastAreThoseOfTheKeysWithoutAWatermark() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    assertThat(profile(game, "out").status()).isZero();
    JsonNode profile = json("out");
    assertThat(seen(profile.get("saves"))).isEqualTo("p0000 to p0011");
    // Of n's friends there are n % 5.
    assertThat(seen(profile.at("/classes/game.Friend"))).isEqualTo("p0001 to p0011");
  }

  @Test
  void firstAndLastAreThoseOfTheWatermarkWhereThereIsOne() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    // As numbers 5 to 115, against the order of the keys: as text, 105 and 115 would come first.
    game.source("UPDATE saves SET changed = 115 - 10 * CAST(SUBSTR(id, 2) AS SIGNED)");
    game.configure("  watermark: changed");
    assertThat(profile(game, "numbers", "--threads", 3).status()).isZero();
    assertThat(seen(json("numbers").get("saves"))).isEqualTo("p0011 of 5 to p0000 of 115");
    assertThat(seen(json("numbers").at("/classes/game.Friend")))
        .isEqualTo("p0011 of 5 to p0001 of 105");

    game.source("ALTER TABLE saves ADD at DATETIME(6)");
    game.source("UPDATE saves SET at = TIMESTAMPADD(SECOND, changed, '2024-05-01')");
    game.source("UPDATE saves SET at = TIMESTAMPADD(MICROSECOND, 1, at) WHERE id = 'p0011'");
    game.configure("  watermark: at");
    assertThat(profile(game, "times", "--threads", 3).status()).isZero();
    assertThat(seen(json("times").get("saves")))
        .startsWith("p0011 of 2024-05-01 00:00:05.000001 to p0000 of 2024-05-01 00:01:55");
  }

  private static String seen(JsonNode of) {
    return one(of.get("first")) + " to " + one(of.get("last"));
  }

  private static String one(JsonNode save) {
    String key = save.get("key").asText();
    return save.has("watermark") ? key + " of " + save.get("watermark").asText() : key;
  }

  @Test
  void whatItWritesMigratesAsItIs() throws Exception {
    Game game = new Game(folder);
    OddRows.put(game);
    profile(game, "out");
    Files.writeString(
        game.file(),
        Files.readString(game.file())
            .replace("mapping: mapping.yaml", "mapping: out/mapping.yaml"));
    Run run = Run.of("migrate", "--config", game.file());
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(run.out())
        .contains("       132  migrated")
        .contains("            1  wrong-root\n")
        .doesNotContain("save has ");
    // The same words as profile's.
    OddRows.REFUSED.values().forEach(why -> assertThat(run.out()).contains("  " + why + "\n"));
    assertThat(Run.of("verify", "--config", game.file()).out())
        .contains("       132  equal")
        .contains("         0  different");
  }

  @Test
  void aCorrectedMappingThatNamesWhatNoSaveHasIsToldWhatTheyHave() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    assertThat(profile(game, "out").status()).isZero();
    Path mapping = folder.resolve("out/mapping.yaml");
    String text = Files.readString(mapping);
    String edited = text.replaceAll("(?m)^( +level: +)(\\w+)$", "$1{path: levle, type: $2}");
    assertThat(edited).isNotEqualTo(text).startsWith("# yaml-language-server: $schema=");
    Files.writeString(mapping, edited);
    long line = edited.substring(0, edited.indexOf("levle")).lines().count();
    Run run = profile(game, "out");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .endsWith(
            mapping + ":" + line + ": no save has player.level (levle); did you mean level?\n");
    assertThat(folder.resolve("out/mapping-schema.json")).isNotEmptyFile();
  }

  @Test
  void aSampleIsSpreadOverTheTable() throws Exception {
    Game game = new Game(folder);
    game.fill(120);
    Run run = profile(game, "out", "--sample", 10);
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("        10  saves read (a sample), ");
    assertThat(seen(json("out").get("saves"))).isEqualTo("p0011 to p0119");
  }

  @Test
  void aSampleOfAllIsNone() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    Run all = profile(game, "all");
    for (int sample : new int[] {12, 500}) {
      assertThat(profile(game, "out" + sample, "--sample", sample)).isEqualTo(all);
      assertThat(files("out" + sample)).isEqualTo(files("all"));
    }
  }
}
