package io.picklift.schema.profile;

import io.picklift.schema.profile.scalar.ScalarProfile;
import org.jspecify.annotations.Nullable;

/**
 * How many values a place has, of which kinds: what is written down for each value of a save. It
 * stands apart, and first, so that it stands together in memory: there are many places, and for
 * most values this is nearly all that changes.
 */
class ValueCounts {
  private static final int KINDS = ValueKind.values().length;

  /** The save that is walked, once it has a value here. */
  private @Nullable SaveFacts save;

  private int lastKind;

  /** Values of the last kind that {@link #kinds} has not yet. */
  private long ofLastKind;

  private long bytes;
  private boolean hasDuplicates;

  /** What this place became a part of when a record became a map. */
  public @Nullable ValueProfile forward;

  @Nullable ScalarProfile scalars;

  /** By kind; those of {@link #lastKind} in part. */
  private final long[] kinds = new long[KINDS];

  /** How many are in {@link #kinds}. */
  private long counted;

  private final SaveOccurrence seen = new SaveOccurrence();

  /** How many there were before the save that was seen last. */
  private long before;

  private long mostInSave;

  /** Notes one value; its particulars follow. */
  public void see(SaveFacts facts, ValueKind kind, int size) {
    if (!facts.is(save)) {
      begin(facts);
    }
    if (kind.number() != lastKind) {
      count();
      lastKind = kind.number();
    }
    ofLastKind++;
    bytes += size;
  }

  private void begin(SaveFacts facts) {
    save = facts;
    seen.note(facts);
    mostInSave = mostInSave();
    before = count();
  }

  /** Counts the values of another place. */
  void seeAll(ValueCounts other) {
    seen.merge(other.seen);
    mostInSave = Math.max(mostInSave(), other.mostInSave());
    other.count();
    for (int i = 0; i < KINDS; i++) {
      kinds[i] += other.kinds[i];
    }
    counted += other.counted;
    before = count();
    bytes += other.bytes;
    hasDuplicates |= other.hasDuplicates;
  }

  /** Counts so many texts that were seen elsewhere. */
  void seeTexts(long times, SaveOccurrence where) {
    kinds[ValueKind.TEXT.number()] += times;
    counted += times;
    before += times;
    seen.merge(where);
  }

  void duplicate() {
    hasDuplicates = true;
  }

  /** How many values there were. */
  public long count() {
    kinds[lastKind] += ofLastKind;
    counted += ofLastKind;
    ofLastKind = 0;
    return counted;
  }

  public long count(ValueKind kind) {
    count();
    return kinds[kind.number()];
  }

  /** Bytes of the pickle that the values here took, without what is below. */
  public long ownBytes() {
    return bytes;
  }

  /** In which saves; for what is below the values of a map only the first and the last count. */
  public SaveOccurrence seen() {
    return seen;
  }

  /** The most values that one save has here. */
  public long mostInSave() {
    return Math.max(mostInSave, count() - before);
  }

  /** Whether some save was seen to have one value twice. */
  public boolean hasDuplicates() {
    return hasDuplicates;
  }
}
