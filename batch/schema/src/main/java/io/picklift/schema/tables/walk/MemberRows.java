package io.picklift.schema.tables.walk;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.MemberVisitor;
import io.picklift.schema.frames.Frame;
import org.jspecify.annotations.Nullable;

/** Adds the members of a container as rows of a table. */
final class MemberRows implements MemberVisitor {
  private final Meaning meaning;
  private final FrameRows frames;
  private final @Nullable EarlierContents earlier;
  private RowNodes to = new RowNodes();
  private int owner;

  /**
   * Makes one.
   *
   * @param earlier the rules of a save that an earlier build wrote; null where those of today hold
   */
  MemberRows(Meaning meaning, FrameRows frames, @Nullable EarlierContents earlier) {
    this.meaning = meaning;
    this.frames = frames;
    this.earlier = earlier;
  }

  /** Adds the members of {@code node}, whose owner is the row of that ordinal. */
  void add(RowNodes rows, int ordinal, int node) {
    Frame frame = earlier == null ? frames.reader().frame(node) : null;
    if (frame != null) {
      for (int i = 0; i < frame.rows(); i++) {
        rows.add(node, ordinal, i, MappingWalk.ABSENT, RowNodes.IN_FRAME);
      }
      return;
    }
    to = rows;
    owner = ordinal;
    if (earlier == null) {
      meaning.contents().visit(node, this);
    } else {
      earlier.visit(node, this);
    }
  }

  @Override
  public void items(int holder, long items) {
    int start = MemberSpan.start(items);
    for (int i = 0; i < MemberSpan.count(items); i++) {
      to.add(meaning.member(start + i), owner, i, MappingWalk.ABSENT, start + i);
    }
  }

  @Override
  public void pairs(int holder, long pairs) {
    int start = MemberSpan.start(pairs);
    for (int i = 0; i < MemberSpan.count(pairs); i += 2) {
      int value = start + i + 1;
      to.add(meaning.member(value), owner, i / 2, meaning.member(start + i), value);
    }
  }
}
