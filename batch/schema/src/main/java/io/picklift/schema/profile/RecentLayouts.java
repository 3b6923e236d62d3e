package io.picklift.schema.profile;

import org.jspecify.annotations.Nullable;

/** Layouts of one save that were used a short while ago: a place may have many, one by one. */
final class RecentLayouts {
  private static final int COUNT = 256;

  private final SaveFacts save;
  private final @Nullable Layout[] layouts = new Layout[COUNT];

  RecentLayouts(SaveFacts save) {
    this.save = save;
  }

  /**
   * What {@code of} keeps for these keys in this save; null where there is none.
   *
   * @param before how many of its members come before these
   */
  @Nullable Layout find(ValueProfile of, int keys, int before) {
    int at = (of.id * 31 + keys) & (COUNT - 1);
    Layout recent = layouts[at];
    if (recent != null && recent.is(of, keys, before)) {
      return recent;
    }
    Layout known = of.layout(keys, before, save);
    layouts[at] = known;
    return known;
  }
}
