package io.picklift.schema.profile;

import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.profile.walk.Profiler;
import io.picklift.schema.testing.BaolifeSaves;
import java.util.List;

/** Profiles for tests. */
public final class Profiles {
  private Profiles() {}

  /** The profile of the baolife fixture. */
  public static Profile baolife() {
    return of(BaolifeSaves.read(), 0, 1).finish();
  }

  /** The profile of some of them, by their places. */
  public static Profile someOfBaolife(int start, int count) {
    return of(BaolifeSaves.read().subList(start, start + count), 0, 1).finish();
  }

  /** Of every {@code step}th save from {@code start}. */
  static Profile of(List<BaolifeSaves.Save> saves, int start, int step) {
    Profile profile = new Profile(ProfileLimits.defaults());
    for (int i = start; i < saves.size(); i += step) {
      add(profile, saves.get(i), i);
    }
    return profile;
  }

  static void add(Profile profile, BaolifeSaves.Save save, int order) {
    SaveFacts facts =
        new SaveFacts(
            save.name(),
            order,
            null,
            save.stored().length == save.pickle().length ? List.of() : List.of("zlib"),
            save.stored().length,
            save.pickle().length);
    try {
      new Profiler(profile).add(Meaning.of(save.graph(), Limits.defaults()), facts);
    } catch (LimitException e) {
      throw new AssertionError(e);
    }
  }
}
