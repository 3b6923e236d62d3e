package io.picklift.app.source;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Chooses a sample of saves, spread evenly over the source. */
public final class SampleChoice implements SaveCursor.Choice {
  private final long rows;
  private final long sample;
  private boolean isSample;

  /**
   * @param rows how many saves there are, as counted before
   * @param sample how many to read; 0 for all
   */
  public SampleChoice(long rows, long sample) {
    this.rows = rows;
    this.sample = sample <= 0 ? Long.MAX_VALUE : sample;
  }

  /** How many saves will be read. */
  public long count() {
    return Math.min(rows, sample);
  }

  /** Whether saves were left out so far. */
  public boolean isSample() {
    return isSample;
  }

  @Override
  public Set<SaveKey> of(List<KeyState> page, long first) {
    Set<SaveKey> wanted = new HashSet<>();
    for (int i = 0; i < page.size(); i++) {
      if (isWanted(first + i)) {
        wanted.add(page.get(i).key());
      } else {
        isSample = true;
      }
    }
    return wanted;
  }

  private boolean isWanted(long index) {
    return sample >= rows || index * sample / rows != (index + 1) * sample / rows;
  }
}
