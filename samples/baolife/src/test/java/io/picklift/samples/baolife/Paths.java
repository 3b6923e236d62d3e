package io.picklift.samples.baolife;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the tables of {@code mapping.yaml} show the value of a path, said a second time and by
 * hand.
 */
final class Paths {
  /** A query for the value, for the save whose {@code save_id} is its first parameter. */
  record Query(String sql, List<String> parameters) {}

  private static final String PERSON = "JOIN person p ON p.save_id = x.save_id AND p.ordinal = x.";

  private static final Map<String, String> COLUMNS =
      Map.ofEntries(
          Map.entry("player.id", "user_id"),
          Map.entry("player.saveVersion", "save_version"),
          Map.entry("player.date", "game_date"),
          Map.entry("player.hourOfDay", "hour_of_day"),
          Map.entry("player.minuteOfHour", "minute_of_hour"),
          Map.entry("player.lastUpdate", "last_update"),
          Map.entry("player.worldSeed", "world_seed"),
          Map.entry("person.id", "person_id"),
          Map.entry("person.ageYears", "age_years"),
          Map.entry("person.ageDays", "age_days"),
          Map.entry("relationship.id", "relationship_id"),
          Map.entry("message.id", "message_id"),
          Map.entry("message.text", "message"),
          Map.entry("message.date", "sent_at"),
          Map.entry("message.read", "is_read"),
          Map.entry("event.id", "event_id"),
          Map.entry("event.date", "event_date"),
          Map.entry("inventory_item.id", "item_id"));

  private static final Pattern PLAYER = Pattern.compile("(\\w+)");
  private static final Pattern JOB = Pattern.compile("job\\.(\\w+)");
  private static final Pattern OWN_PERSON = Pattern.compile("c\\.(\\w+)");
  private static final Pattern RELATIONSHIP = Pattern.compile("r\\[(\\d+)]\\.(\\w+)");
  private static final Pattern RELATED = Pattern.compile("r\\[(\\d+)]\\.person\\.(\\w+)");
  private static final Pattern EVENT = Pattern.compile("events\\[(\\d+)]\\.(\\w+)");
  private static final Pattern ITEM = Pattern.compile("inventory\\[(\\d+)]\\.(\\w+)");
  private static final Pattern MESSAGE =
      Pattern.compile("conversations\\[\"([^\"]+)\"]\\.messages\\[(\\d+)]\\.(\\w+)");
  private static final Pattern SENDER =
      Pattern.compile("conversations\\[\"([^\"]+)\"]\\.messages\\[(\\d+)]\\.sender\\.(\\w+)");

  private Paths() {}

  /**
   * @param relationshipIds the {@code id} of {@code r[0]}, {@code r[1]}, ...: the list itself is no
   *     table
   */
  static Query of(String path, Map<String, String> relationshipIds) {
    Matcher match = PLAYER.matcher(path);
    if (match.matches()) {
      return query(column("player", match.group(1)), "player x");
    }
    match = JOB.matcher(path);
    if (match.matches()) {
      return query("job_" + match.group(1), "player x");
    }
    match = OWN_PERSON.matcher(path);
    if (match.matches()) {
      return query("p." + column("person", match.group(1)), "player x " + PERSON + "own_person");
    }
    match = RELATIONSHIP.matcher(path);
    if (match.matches()) {
      return query(
          column("relationship", match.group(2)),
          "relationship x",
          "AND relationship_id = ?",
          relationshipIds.getOrDefault(match.group(1), ""));
    }
    match = RELATED.matcher(path);
    if (match.matches()) {
      return query(
          "p." + column("person", match.group(2)),
          "relationship x " + PERSON + "person",
          "AND relationship_id = ?",
          relationshipIds.getOrDefault(match.group(1), ""));
    }
    match = EVENT.matcher(path);
    if (match.matches()) {
      return query(column("event", match.group(2)), "event x", "AND position = ?", match.group(1));
    }
    match = ITEM.matcher(path);
    if (match.matches()) {
      return query(
          column("inventory_item", match.group(2)),
          "inventory_item x",
          "AND position = ?",
          match.group(1));
    }
    match = MESSAGE.matcher(path);
    if (match.matches()) {
      return message(column("message", match.group(3)), "", match.group(1), match.group(2));
    }
    match = SENDER.matcher(path);
    if (match.matches()) {
      return message(
          "p." + column("person", match.group(3)),
          PERSON + "sender",
          match.group(1),
          match.group(2));
    }
    throw new IllegalArgumentException("no table is known for " + path);
  }

  private static Query message(String column, String join, String conversation, String position) {
    return query(
        column.startsWith("p.") ? column : "x." + column,
        "message x JOIN conversation c ON c.save_id = x.save_id AND c.ordinal = x.conversation_ordinal "
            + join,
        "AND c.conversation_key = ? AND x.position = ?",
        conversation,
        position);
  }

  private static Query query(String column, String from) {
    return query(column, from, "");
  }

  private static Query query(String column, String from, String and, String... parameters) {
    return new Query(
        "SELECT " + column + " FROM " + from + " WHERE x.save_id = ? " + and, List.of(parameters));
  }

  private static String column(String table, String attribute) {
    return COLUMNS.getOrDefault(table + "." + attribute, attribute);
  }
}
