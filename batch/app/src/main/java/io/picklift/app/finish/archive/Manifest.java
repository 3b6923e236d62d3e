package io.picklift.app.finish.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What an archive says of itself, in its member {@code archive.json}.
 *
 * @param source what the ledger calls the source
 * @param key the columns of the source's key
 * @param made when the saves were read, in UTC
 * @param sizes how many saves there are of each kind
 * @param contentSha256 {@link ContentHash} of all saves
 * @param members all other members, in the archive's order
 */
public record Manifest(
    String source,
    List<String> key,
    String made,
    Sizes sizes,
    String contentSha256,
    List<Member> members) {
  static final String NAME = "archive.json";
  static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  public Manifest {
    key = List.copyOf(key);
    members = List.copyOf(members);
  }

  /** How many saves there are. */
  public record Sizes(long migrated, long quarantined, long deleted) {
    Sizes plus(KeptSave save) {
      return switch (save.kind()) {
        case MIGRATED -> new Sizes(migrated + 1, quarantined, deleted);
        case QUARANTINED -> new Sizes(migrated, quarantined + 1, deleted);
        case DELETED -> new Sizes(migrated, quarantined, deleted + 1);
      };
    }
  }

  /** A member, and the SHA-256 of its bytes as they stand in the archive. */
  public record Member(String name, String sha256) {}

  byte[] bytes() throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("source", source);
    ArrayNode columns = json.putArray("key");
    key.forEach(columns::add);
    json.put("made", made);
    json.put("migrated", sizes.migrated());
    json.put("quarantined", sizes.quarantined());
    json.put("deleted", sizes.deleted());
    json.put("content_sha256", contentSha256);
    ArrayNode list = json.putArray("members");
    for (Member member : members) {
      list.addObject().put("name", member.name()).put("sha256", member.sha256());
    }
    return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  static Manifest of(byte[] bytes) throws IOException {
    JsonNode json = JSON.readTree(bytes);
    int format = json.path("format").asInt();
    if (format != FORMAT) {
      throw new IOException(
          NAME + " is of format " + format + ", and this picklift reads format " + FORMAT);
    }
    List<String> key = new ArrayList<>();
    json.path("key").forEach(column -> key.add(column.asText()));
    List<Member> members = new ArrayList<>();
    for (JsonNode member : json.path("members")) {
      members.add(new Member(member.path("name").asText(), member.path("sha256").asText()));
    }
    return new Manifest(
        json.path("source").asText(),
        key,
        json.path("made").asText(),
        new Sizes(
            json.path("migrated").asLong(),
            json.path("quarantined").asLong(),
            json.path("deleted").asLong()),
        json.path("content_sha256").asText(),
        members);
  }
}
