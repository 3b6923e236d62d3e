package io.picklift.app.encoding.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One member of a text that has several: the one that holds a pickle, or the one that the
 * configuration names. It is kept with what is before and behind it in the text.
 */
public abstract class MemberEncoding implements Encoding {
  private final String label;
  private final @Nullable String name;
  private final int most;

  /**
   * A member.
   *
   * @param bytes that it holds
   * @param from where it begins in the text
   * @param to where it ends
   */
  public record Member(byte[] bytes, int from, int to) {}

  /**
   * Makes one.
   *
   * @param name of the member; null for the one that holds a pickle
   * @param most so many members are looked into
   */
  protected MemberEncoding(String label, @Nullable String name, int most) {
    this.label = label;
    this.name = name;
    this.most = most;
  }

  @Override
  public final String label() {
    return label;
  }

  @Override
  public final boolean hasParts() {
    return true;
  }

  /** The members of a text that may be meant; none where it is no such text. */
  protected abstract List<Member> members(byte[] bytes);

  /** Whether a member of this name may be meant. */
  protected final boolean isMeant(@Nullable String of) {
    return name == null || name.equals(of);
  }

  /** The longest first: what stands beside a pickle is shorter. */
  private List<Member> longest(byte[] bytes) {
    List<Member> members = new ArrayList<>(members(bytes));
    members.sort((a, b) -> Integer.compare(b.bytes().length, a.bytes().length));
    return members.subList(0, Math.min(most, members.size()));
  }

  @Override
  public final List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException {
    room.check(bytes.length);
    return longest(bytes).stream().map(Member::bytes).toList();
  }

  /** What is before and behind each member that holds {@code inner}, as literals, with a dot. */
  protected final List<String> places(byte[] outer, byte[] inner) {
    List<String> places = new ArrayList<>();
    for (Member member : longest(outer)) {
      if (Arrays.equals(member.bytes(), inner)) {
        places.add(
            ByteLiterals.of(Arrays.copyOf(outer, member.from()))
                + "."
                + ByteLiterals.of(Arrays.copyOfRange(outer, member.to(), outer.length)));
      }
    }
    return places;
  }
}
