package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.SaveFacts;
import org.jspecify.annotations.Nullable;

/** Adds saves to a profile, walking each. For one thread, as its profile is. */
public final class Profiler {
  private final Profile profile;
  private final ClassIndex index;

  public Profiler(Profile profile) {
    this.profile = profile;
    index = new ClassIndex(profile);
  }

  /** What the saves are added to. */
  public Profile profile() {
    return profile;
  }

  /** Adds a save. */
  public void add(Meaning meaning, SaveFacts facts) {
    add(meaning, facts, null);
  }

  /**
   * Adds a save of a source that is split.
   *
   * @param value that its row has in the column that the source is split by; or null
   */
  public void add(Meaning meaning, SaveFacts facts, @Nullable String value) {
    profile.addSave(facts, meaning.graph().style().protocol(), meaning.graph().size());
    new ProfileWalk(index, meaning, facts).run(profile.root(value));
  }
}
