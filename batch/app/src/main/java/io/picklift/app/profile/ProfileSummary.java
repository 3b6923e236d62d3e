package io.picklift.app.profile;

import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ValueProfile;
import java.util.Locale;
import java.util.TreeMap;

/** A profile in a few lines, for people. */
public final class ProfileSummary {
  private ProfileSummary() {}

  /** Lines that each end with a line end. */
  public static String of(Profile profile) {
    return String.format(
            Locale.ROOT,
            "%,10d  saves read%s, %,d values in objects of %,d classes%n",
            profile.saves().count(),
            profile.saves().isSample() ? " (a sample)" : "",
            profile.saves().values(),
            profile.classes().size())
        + roots(profile.root());
  }

  /**
   * The kinds of roots, where saves have different ones. Only a mapping makes one of them the wrong
   * one: profile refuses no save for its root, migrate and export do.
   */
  private static String roots(ValueProfile root) {
    TreeMap<String, Long> counts = new TreeMap<>();
    root.classes().forEach((name, referred) -> counts.put(name, referred.count()));
    long others = root.count() - counts.values().stream().mapToLong(Long::longValue).sum();
    if (others > 0) {
      counts.put("no object", others);
    }
    StringBuilder text = new StringBuilder();
    if (counts.size() > 1) {
      counts.forEach(
          (name, count) ->
              text.append(
                  String.format(Locale.ROOT, "%,10d  have %s at their root%n", count, name)));
    }
    return text.toString();
  }
}
