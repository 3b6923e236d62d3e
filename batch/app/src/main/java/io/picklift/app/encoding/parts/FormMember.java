package io.picklift.app.encoding.parts;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.MemberEncoding;
import io.picklift.app.encoding.text.TextEncodings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One member of a form, {@code name=value&other=value}, which a signature may be ahead of: the
 * cookies of Werkzeug, {@code signature?name=value&...}. A style is what is before and behind the
 * value.
 */
public final class FormMember extends MemberEncoding {
  /** The name, and what a configuration writes before a member's name. */
  public static final String LABEL = "form-member";

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_.-]{0,63}";

  private static final Pattern HEAD =
      Pattern.compile("[\"']?((?:!?[A-Za-z0-9+/_=-]{0,128}\\?)?)(?=" + NAME + "=[^=])");

  /** Any name: a member of a name that is none must not hide those behind it. */
  private static final Pattern MEMBER =
      Pattern.compile("([^&=]*+)=([^&=\\s\"']++={0,2})(?=[\"']|$)");

  private static final int SHORTEST = 8;
  private static final int MOST = 64;

  FormMember() {
    this(null);
  }

  /**
   * One that reads this member.
   *
   * @param name of the member; null for the one that holds a pickle
   */
  public FormMember(@Nullable String name) {
    super(LABEL, name, MOST);
  }

  @Override
  public boolean detects(byte[] bytes) {
    for (byte b : bytes) {
      if (b <= ' ' || b == 0x7f) {
        return false;
      }
    }
    return bytes.length > SHORTEST && HEAD.matcher(ByteLiterals.latin1(bytes)).lookingAt();
  }

  @Override
  public byte[] ahead(byte[] outer) {
    Matcher head = HEAD.matcher(ByteLiterals.latin1(outer));
    int from = head.lookingAt() ? head.end() : outer.length;
    int to = from;
    while (to < outer.length && outer[to] != '=') {
      to++;
    }
    return Arrays.copyOfRange(outer, from, Math.min(outer.length, to + 1));
  }

  @Override
  protected List<Member> members(byte[] bytes) {
    String text = ByteLiterals.latin1(bytes);
    List<Member> members = new ArrayList<>();
    Matcher head = HEAD.matcher(text);
    int at = head.lookingAt() ? head.end() : text.length();
    Matcher matcher = MEMBER.matcher(text);
    while (at < text.length()) {
      int next = text.indexOf('&', at);
      int end = next < 0 ? text.length() : next;
      // A member may be empty, or have no value.
      boolean isMember = matcher.region(at, end).lookingAt();
      if (isMember && isMeant(matcher.group(1)) && matcher.end() - matcher.start(2) >= SHORTEST) {
        members.add(
            new Member(
                Arrays.copyOfRange(bytes, matcher.start(2), matcher.end()),
                matcher.start(2),
                matcher.end()));
      }
      at = end + 1;
    }
    return members;
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return places(outer, inner);
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    String[] parts = style.split("\\.", -1);
    return ByteLiterals.join(ByteLiterals.bytes(parts[0]), inner, ByteLiterals.bytes(parts[1]));
  }

  @Override
  public boolean isSigned(String style) {
    String before = ByteLiterals.latin1(ByteLiterals.bytes(style.split("\\.", -1)[0]));
    // A value has to follow for the head to be one.
    Matcher head = HEAD.matcher(before + "v");
    return head.lookingAt() && TextEncodings.isSignature(ByteLiterals.latin1(head.group(1)));
  }
}
