package io.picklift.app.profile;

import io.picklift.app.decode.Refusal;
import io.picklift.app.scan.ScannedSave;
import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.profile.OuterColumn;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ProfileLimits;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.walk.Profiler;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what the saves of a scan show. Each thread adds to a profile of its own; {@link #finish}
 * merges them.
 */
public final class ProfileCollector {
  private final Limits limits;

  /** A thread each. One profile for all threads would move between the processors' caches. */
  private final ConcurrentLinkedQueue<Profile> profiles = new ConcurrentLinkedQueue<>();

  private final ThreadLocal<Profiler> own = ThreadLocal.withInitial(this::newProfiler);

  /**
   * Makes an empty one.
   *
   * @param limits of each save
   */
  public ProfileCollector(Limits limits) {
    this.limits = limits;
  }

  private Profiler newProfiler() {
    Profile made = new Profile(ProfileLimits.defaults());
    profiles.add(made);
    return new Profiler(made);
  }

  /**
   * Adds a row, by any thread.
   *
   * @return the refusal of a row that is no save, or whose save exceeds the limits; else null
   */
  public ScannedSave.@Nullable Refused add(ScannedSave row) {
    Profiler profiler = own.get();
    ScannedSave.Refused refused = addTo(profiler, row);
    if (refused != null) {
      profiler.profile().addRefused(refused.refusal().reason());
    }
    return refused;
  }

  private ScannedSave.@Nullable Refused addTo(Profiler profiler, ScannedSave row) {
    if (row instanceof ScannedSave.Refused refused) {
      return refused;
    }
    ScannedSave.Save save = (ScannedSave.Save) row;
    try {
      profiler.add(
          Meaning.of(save.graph(), limits),
          new SaveFacts(
              save.key(),
              save.order(),
              save.watermark(),
              save.encodings(),
              save.storedBytes(),
              save.pickleBytes()),
          save.splitValue());
      return null;
    } catch (LimitException e) {
      return new ScannedSave.Refused(save.key(), Refusal.of(e));
    }
  }

  /**
   * The profile of all rows.
   *
   * @param columns that the source has beside the saves
   * @param exactCollation of its server, by which texts compare as in Python; null if none is known
   * @param isSample whether saves were left out
   */
  public Profile finish(
      List<OuterColumn> columns, @Nullable String exactCollation, boolean isSample) {
    Profile all = new Profile(ProfileLimits.defaults());
    profiles.forEach(all::merge);
    all.setOuter(columns);
    all.setExactCollation(exactCollation);
    if (isSample) {
      all.markSample();
    }
    return all.finish();
  }
}
