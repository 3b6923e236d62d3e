package io.picklift.app.encoding.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.MemberEncoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One member of a JSON object or list, such as {@code {"v": "gASV..."}}: a string that holds a
 * pickle, or the one that the configuration names. A style is what is before and behind the string.
 */
public final class JsonMember extends MemberEncoding {
  /** The name, and what a configuration writes before a member's name. */
  public static final String LABEL = "json-member";

  private static final int DEEPEST = 16;
  private static final int SHORTEST = 4;
  private static final int MOST = 16;

  JsonMember() {
    this(null);
  }

  /**
   * @param name of the member, at any depth; null for the one that holds a pickle
   */
  public JsonMember(@Nullable String name) {
    super(LABEL, name, MOST);
  }

  @Override
  public boolean detects(byte[] bytes) {
    int last = bytes.length - 1;
    return bytes.length > SHORTEST + 4
        && ((bytes[0] == '{' && bytes[last] == '}') || (bytes[0] == '[' && bytes[last] == ']'));
  }

  @Override
  protected List<Member> members(byte[] bytes) {
    List<Member> members = new ArrayList<>();
    int depth = 0;
    boolean hasEnded = false;
    try (JsonParser parser = JsonText.parser(bytes)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (depth == 0 && hasEnded) {
          // Two documents, one behind the other: what is ahead of the second is no wrapping of it.
          return List.of();
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        hasEnded |= depth == 0;
        boolean isNamed = isMeant(parser.currentName());
        if (token == JsonToken.VALUE_STRING && depth <= DEEPEST && isNamed) {
          int from = (int) parser.currentTokenLocation().getByteOffset();
          String text = parser.getText();
          int to = (int) parser.currentLocation().getByteOffset();
          if (text.length() >= SHORTEST) {
            members.add(new Member(JsonText.bytes(text), from, to));
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      // Whatever is wrong, it is no JSON.
      return List.of();
    }
    return members;
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    List<String> styles = new ArrayList<>();
    for (String place : places(outer, inner)) {
      styles.add("a." + place);
      styles.add("u." + place);
    }
    return styles;
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    String[] parts = style.split("\\.", -1);
    byte[] string = new JsonString().make(inner, parts[0].equals("a") ? "ascii" : "utf8");
    return ByteLiterals.join(ByteLiterals.bytes(parts[1]), string, ByteLiterals.bytes(parts[2]));
  }
}
