package io.picklift.codec.meaning;

/**
 * Is shown what a value holds, whichever container it is: a list, tuple, set or dict, one of the
 * well-known containers, or an object that was given its members ({@link Contents}).
 */
public interface MemberVisitor {
  /**
   * Members without keys, in the order of the pickle.
   *
   * @param holder the node that has them: the value, or the argument that it was made of
   * @param items a {@link MemberSpan}
   */
  void items(int holder, long items);

  /**
   * Members with keys.
   *
   * @param holder as of {@link #items}
   * @param pairs a {@link MemberSpan} of key, value, key, value...
   */
  void pairs(int holder, long pairs);
}
