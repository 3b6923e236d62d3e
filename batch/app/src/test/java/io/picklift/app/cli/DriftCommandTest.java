package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code profile --against}, as a CI job runs it. */
@Tag("database")
final class DriftCommandTest {
  @TempDir private Path folder = Path.of("");

  private Run against(Game game, Path mapping) {
    return Run.of(
        "profile", "--config", game.file(), "--against", mapping, "--out", folder.resolve("drift"));
  }

  /** Three saves of protocol 2, which has no frames: a text in them may be replaced by another. */
  private Game game(String... replacements) throws Exception {
    Game game = new Game(folder);
    put(game, replacements);
    return game;
  }

  private static void put(Game game, String... replacements) throws Exception {
    for (int number : List.of(0, 3, 6)) {
      String pickle = new String(Game.save(number), StandardCharsets.ISO_8859_1);
      for (int i = 0; i < replacements.length; i += 2) {
        String changed = pickle.replaceFirst("(?s)" + replacements[i], replacements[i + 1]);
        assertThat(changed).as(replacements[i]).isNotEqualTo(pickle);
        pickle = changed;
      }
      game.put("p" + number, pickle.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private Path profiled(Game game) {
    Path out = folder.resolve("before");
    assertThat(Run.of("profile", "--config", game.file(), "--out", out).status()).isZero();
    return out.resolve("mapping.yaml");
  }

  private Document junit() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(folder.resolve("drift/drift.junit.xml").toFile());
  }

  /** A line for each test case: its class, its name, and whether it failed. */
  private static List<String> cases(Document junit) {
    List<String> cases = new ArrayList<>();
    NodeList all = junit.getElementsByTagName("testcase");
    for (int i = 0; i < all.getLength(); i++) {
      Element one = (Element) all.item(i);
      boolean failed = one.getElementsByTagName("failure").getLength() == 1;
      cases.add(
          one.getAttribute("classname")
              + " "
              + one.getAttribute("name")
              + (failed ? " failed" : " passed"));
    }
    return cases;
  }

  @Test
  void nothingHasChanged() throws Exception {
    Game game = game();
    Run run = against(game, profiled(game));
    assertThat(run.status()).isZero();
    assertThat(run.out()).doesNotContain("drift:").containsPattern("\n +0  changes in \\d+ attrib");
    assertThat(cases(junit())).containsExactly("drift no change passed");
    assertThat(junit().getDocumentElement().getAttribute("failures")).isEqualTo("0");
  }

  @Test
  void whatIsNewGoneOrOfAnotherTypeIsAFailedTestEach() throws Exception {
    Game game = game();
    Path mapping = profiled(game);
    // seen is renamed; level, a small int, becomes text.
    put(game, "seen", "last", "(levelq.)K.", "$1X\u0004\0\0\0high");
    Run run = against(game, mapping);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().skip(1).limit(4))
        .containsExactly(
            "drift: new   game.Player.last: datetime, 3 times, first in save p0",
            "drift: type  game.Player.level: now has text, had int",
            "drift: gone  game.Player.seen: no save has it any more",
            run.out().lines().toList().get(4));
    assertThat(run.out().lines().toList().get(4)).startsWith("         3  changes in ");
    assertThat(run.out())
        .contains("mapping: player: last:", "sql: ALTER TABLE `player` ADD COLUMN `last` DATETIME");
    assertThat(cases(junit()))
        .containsExactly(
            "drift.new game.Player.last failed",
            "drift.type game.Player.level failed",
            "drift.gone game.Player.seen failed");
    assertThat(junit().getDocumentElement().getAttribute("failures")).isEqualTo("3");
    assertThat(folder.resolve("drift/profile.html"))
        .content()
        .contains("Changed since the mapping was made", "now has text, had int");
  }

  @Test
  void withoutAProfileOfBeforeTheMappingTells() throws Exception {
    Game game = game();
    Run same = against(game, folder.resolve("mapping.yaml"));
    put(game, "(levelq.)K.", "$1X\u0004\0\0\0high");
    Run run = against(game, folder.resolve("mapping.yaml"));
    assertThat(run.status()).isEqualTo(1);
    // The mapping leaves notes out, which is known to be new to it from the start.
    List<String> lines = new ArrayList<>(run.out().lines().toList());
    lines.removeAll(same.out().lines().toList());
    assertThat(lines).contains("drift: type  player.level: 3 values are text, which no INT holds");
  }

  @Test
  void aNameThatXmlHasNoPlaceForLeavesAReportThatCanBeRead() throws Exception {
    Game game = game();
    Path mapping = profiled(game);
    put(game, "seen", "s<\u0001n");
    assertThat(against(game, mapping).status()).isEqualTo(1);
    assertThat(cases(junit())).contains("drift.new game.Player[\"s<\ufffdn\"] failed");
  }

  @Test
  void aMappingOrProfileThatCannotBeReadIsAWrongCommandLine() throws Exception {
    Game game = game();
    Run missing = against(game, folder.resolve("none.yaml"));
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("there is no file").hasLineCount(1);
    Path mapping = profiled(game);
    Files.writeString(mapping.resolveSibling("profile.json"), "[1");
    Run damaged = against(game, mapping);
    assertThat(damaged.status()).isEqualTo(2);
    assertThat(damaged.err()).contains("profile.json").hasLineCount(1);
  }
}
