package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.account.RunSummary;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.verify.DirectVerify;
import io.picklift.app.verify.VerifyOptions;
import io.picklift.codec.Limits;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The user's adapters in a migration: columns of their own, and what becomes of a save when one
 * fails.
 */
@Tag("database")
final class AdaptersTest {
  private static final String ADAPTER =
      """
      from picklift import column, convert

      @column('player.worth', 'DECIMAL(12,2)', index=True)
      def worth(player):
          from decimal import Decimal
          return Decimal(str(player.money)) + player.purse

      @convert('player.rank_word', 'VARCHAR(12)', of='rank')
      class RankWord(object):
          def to_column(self, rank): return u'the ' + rank
          def from_column(self, word): return word[4:]

      @column('bag_item.is_many', 'BOOLEAN')
      def is_many(amount):
          return amount > 1
      """;

  @TempDir private Path folder = Path.of("");

  private Game game(String adapter) throws Exception {
    Game game = new Game(folder);
    Files.createDirectories(folder.resolve("adapters"));
    Files.writeString(folder.resolve("adapters/player.py"), adapter);
    Files.writeString(
        game.file(), Files.readString(game.file()) + "adapters: [\"adapters/*.py\"]\n");
    return game;
  }

  @Test
  void computedColumnsAreAddedAndRestoreStaysExact() throws Exception {
    Game game = game(ADAPTER);
    game.fill(12);
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().isClean()).isTrue();
      assertThat(game.text("SELECT worth FROM player WHERE name = 'Player 3'")).isEqualTo("8.00");
      assertThat(game.text("SELECT rank_word FROM player WHERE name = 'Player 3'"))
          .isEqualTo("the king");
      assertThat(game.number("SELECT COUNT(*) FROM bag_item WHERE is_many = (amount > 1)"))
          .isEqualTo(game.number("SELECT COUNT(*) FROM bag_item"))
          .isPositive();
      // What the tables compute is no part of a save: changed there, the saves are the same.
      game.target("UPDATE player SET worth = 0");
      VerifyReport verified = jobs.verify();
      assertThat(verified.equal()).isEqualTo(12);
      assertThat(verified.isClean()).isTrue();
    }
    // Computed anew, they are compared.
    VerifyOptions full =
        VerifyOptions.all(DecodingEngine.Name.FAST, Limits.defaults(), 2)
            .with(VerifyOptions.Proofs.IGNORED);
    try (DirectVerify verify =
        DirectVerify.open(game.config(), full, false, ProgressListener.NONE)) {
      VerifyReport report = verify.report(AcceptList.none(), null);
      verify.run(report, ProgressListener.NONE);
      assertThat(report.findings()).containsOnlyKeys("differs");
      assertThat(report.results()).hasSize(12);
      assertThat(report.results().get(0).findings().get(0).path()).isEqualTo("player.worth");
    }
  }

  @Test
  void aFailingAdapterQuarantinesItsSaveAlone() throws Exception {
    Game game =
        game(
            """
            from picklift import column
            @column('player.tag', 'VARCHAR(20)', unfit='quarantine')
            def tag(player):
                return {'Player 5': 1}[player.name] if player.name == 'Player 5' \\
                    and player.friends[99] else player.name
            """);
    game.fill(12);
    try (Jobs jobs = game.open()) {
      RunSummary summary = jobs.migrate();
      assertThat(summary.migratedTotal()).isEqualTo(11);
      assertThat(summary.quarantinedTotal()).isEqualTo(Map.of("adapter", 1L));
      assertThat(game.number("SELECT COUNT(*) FROM player WHERE tag = name")).isEqualTo(11);
      assertThat(game.text("SELECT message FROM picklift_quarantine"))
          .startsWith("player.tag: ")
          .contains("adapters/player.py:4: IndexError in: return ")
          .doesNotContain("save_id");
    }
  }

  @Test
  void anExceptionCostsTheCellAndIsTold() throws Exception {
    Game game =
        game(
            """
            from picklift import column
            @column('player.tag', 'VARCHAR(20)')
            def tag(player):
                return player.friends[99] if player.name == 'Player 5' else player.name
            @column('player.tiny', 'VARCHAR(3)')
            def tiny(player):
                return player.name if player.name == 'Player 6' else 'abc'
            """);
    game.fill(12);
    try (Jobs jobs = game.open()) {
      RunSummary summary = jobs.migrate();
      assertThat(summary.migratedTotal()).isEqualTo(12);
      assertThat(summary.isClean()).isFalse();
      assertThat(game.number("SELECT COUNT(*) FROM player WHERE tag = name")).isEqualTo(11);
      assertThat(game.text("SELECT name FROM player WHERE tag IS NULL")).isEqualTo("Player 5");
      assertThat(game.text("SELECT name FROM player WHERE tiny IS NULL")).isEqualTo("Player 6");
      assertThat(summary.columnsNeverFound())
          .anyMatch(
              line ->
                  line.matches(
                      ".*adapters/player.py:4: IndexError in: return .*: cells of player.tag are"
                          + " NULL for it \\(1\\)"))
          .anyMatch(
              line ->
                  line.matches(
                      ".*adapters/player.py:5: the computed value does not fit into a"
                          + " VARCHAR\\(3\\): cells of player.tiny are NULL for it \\(1\\)"));
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void anAdapterThatFindsNothingIsTold() throws Exception {
    Game game =
        game(
            """
            from picklift import column, convert, reader
            @reader('numpy.core.multiarray._reconstruct', {'cells': 'INT'}, at='player.nmae')
            def read_map(array):
                return {'cells': 1}
            @reader('shop.Basket', {'size': 'INT'})
            def read_basket(basket):
                return {'size': 1}
            @convert('player.word', 'VARCHAR(12)', of='rnak')
            class Word(object):
                def to_column(self, rank): return rank
                def from_column(self, word): return word
            @column('player.one', 'INT')
            def one(player): return None
            """);
    game.fill(3);
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().columnsNeverFound())
          .anyMatch(
              line ->
                  line.endsWith(
                      "adapters/player.py:2: no migrated save has player.nmae that is a call of"
                          + " numpy.core.multiarray._reconstruct, for column player.nmae_cells;"
                          + " did you mean name?"))
          .anyMatch(
              line ->
                  line.contains(
                      "adapters/player.py:5: no table of the mapping has rows that are calls of"
                          + " shop.Basket, for column size"))
          .anyMatch(
              line ->
                  line.contains("player.py:10: no migrated save has player.rnak, for column")
                      && line.endsWith("did you mean rank?"))
          .hasSize(3);
    }
  }

  @Test
  void aColumnThatCannotBeIsAnErrorOfTheConfiguration() throws Exception {
    Game game =
        game("from picklift import column\n@column('plaayer.x', 'INT')\ndef x(p): return 1\n");
    assertThatThrownBy(game::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("player.py:2: the mapping has no table plaayer")
        .hasMessageContaining("player");
    Files.writeString(
        folder.resolve("adapters/player.py"),
        "from picklift import column\n@column('player.name', 'INT')\ndef x(p): return 1\n");
    assertThatThrownBy(game::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("player.py:2: table player has a column name");
    Files.delete(folder.resolve("adapters/player.py"));
    assertThatThrownBy(game::config)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is no file adapters/*.py");
  }

  @Test
  void bothEnginesAgreeOnEverySave() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    game.put("page", new byte[] {'<'});
    JobOptions fast = JobOptions.defaults();
    JobOptions both =
        JobOptions.of(fast.partitions(), io.picklift.app.decode.DecodingEngine.Name.BOTH);
    try (Jobs jobs = Jobs.open(game.config(), both, ProgressListener.NONE)) {
      jobs.migrate();
      VerifyReport verified = jobs.verify();
      assertThat(verified.equal()).isEqualTo(12);
      assertThat(verified.quarantined()).isEqualTo(1);
      assertThat(verified.different()).isZero();
    }
  }
}
