package io.picklift.app.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Mappings that a target of the game is taken to. The build takes a few that change much at a time;
 * {@code -Dpicklift.evolve=all} takes them one change at a time as well.
 */
final class NextMappings {
  private NextMappings() {}

  /** The first mapping with one text in place of another. */
  static String with(String from, String to) throws Exception {
    assertThat(Evolving.first()).contains(from);
    return Evolving.first().replace(from, to);
  }

  /** Mappings by what they change. */
  static Map<String, String> chosen() throws Exception {
    Map<String, String> mappings = new LinkedHashMap<>();
    mappings.put(
        "columns",
        with("      level: INT", "      level: {type: INT, index: true}\n      notes: JSON")
            .replace("rank_name: {path: rank,", "rank_now: {path: rank,")
            .replace("name:  {type: VARCHAR(40)", "name:  {type: VARCHAR(8)")
            .replace("money: DOUBLE", "money: DECIMAL(9,2)")
            .replace("      born:  DATE\n", ""));
    mappings.put("merged", MERGED);
    mappings.put("inlined", INLINED);
    mappings.put(
        "tables",
        Evolving.first()
            .replace("ledger: picklift_save", "collation: utf8mb4_unicode_ci")
            .replace("  bag_item:", "  thing:")
            .concat(NOTE));
    if ("all".equals(System.getProperty("picklift.evolve"))) {
      oneByOne(mappings);
    }
    return mappings;
  }

  private static final String NOTE =
      "  note:\n    each: player.notes\n    key: {column: k, type: VARCHAR(20)}\n";

  private static final String MERGED =
      """
      version: 1
      tables:
        being:
          class: [game.Player, game.Friend]
          class_column: kind
          columns:
            name: VARCHAR(40)
            since: INT
            player: {references: being}
      """;

  private static final String INLINED =
      """
      version: 1
      ledger: picklift_save
      tables:
        player:
          class: game.Player
          columns:
            name: VARCHAR(40)
            best_name: {path: best.name, type: VARCHAR(40)}
            best_since: {path: best.since, type: INT}
      """;

  private static void oneByOne(Map<String, String> to) throws Exception {
    to.put("a column more", with("      level: INT", "      level: INT\n      notes: JSON"));
    to.put("a column less", with("      money: DOUBLE\n", ""));
    to.put("a column renamed", with("rank_name: {path: rank,", "rank_now: {path: rank,"));
    to.put("narrowed", with("name:  {type: VARCHAR(40)", "name:  {type: VARCHAR(8)"));
    to.put("widened", with("name:  {type: VARCHAR(40)", "name:  {type: VARCHAR(50)"));
    to.put("retyped", with("money: DOUBLE", "money: DECIMAL(9,2)"));
    to.put("an index", with("      level: INT", "      level: {type: INT, index: true}"));
    to.put("an index less", with(", index: true", ""));
    to.put("no foreign keys", with("ledger: picklift_save", "foreign_keys: none"));
    to.put("a collation", with("version: 1", "version: 1\ncollation: utf8mb4_unicode_ci"));
    to.put("a table more", Evolving.first() + NOTE);
    to.put("a table less", Evolving.first().replaceAll("(?s)  bag_item:.*", ""));
    to.put("a table renamed", with("  bag_item:", "  thing:"));
  }
}
