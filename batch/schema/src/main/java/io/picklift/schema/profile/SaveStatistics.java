package io.picklift.schema.profile;

import io.picklift.schema.profile.scalar.SizeRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The saves as wholes. */
public final class SaveStatistics {
  private static final int MOST_SPREAD = 64;
  private static final int FEWEST_FOR_MIDDLE = 4;

  private final SaveOccurrence seen = new SaveOccurrence();
  private final SizeRange stored = new SizeRange();
  private final SizeRange pickles = new SizeRange();
  private final TreeMap<Integer, Long> sizes = new TreeMap<>();
  private final TreeMap<Integer, Long> protocols = new TreeMap<>();
  private final TreeMap<String, Long> encodings = new TreeMap<>();
  private final TreeMap<String, Long> refused = new TreeMap<>();
  private final TreeMap<Long, SaveFacts> spread = new TreeMap<>();
  private long every = 1;
  private long values;
  private boolean isSample;

  SaveStatistics() {}

  void save(SaveFacts save, int protocol, int nodes) {
    seen.note(save);
    stored.add(save.storedBytes());
    pickles.add(save.pickleBytes());
    sizes.merge(log2(save.pickleBytes()), 1L, Long::sum);
    protocols.merge(protocol, 1L, Long::sum);
    encodings.merge(String.join("+", save.encodings()), 1L, Long::sum);
    values += nodes;
    if (save.order() % every == 0) {
      spread.put(save.order(), save);
      thin();
    }
  }

  /** Keeps every second of what was kept, by the place in the source: the same whoever reads. */
  private void thin() {
    while (spread.size() > MOST_SPREAD) {
      every *= 2;
      spread.keySet().removeIf(order -> order % every != 0);
    }
  }

  void sample() {
    isSample = true;
  }

  void refused(String reason) {
    refused.merge(reason, 1L, Long::sum);
  }

  void merge(SaveStatistics other) {
    seen.merge(other.seen);
    stored.merge(other.stored);
    pickles.merge(other.pickles);
    other.sizes.forEach((size, n) -> sizes.merge(size, n, Long::sum));
    other.protocols.forEach((protocol, n) -> protocols.merge(protocol, n, Long::sum));
    other.encodings.forEach((encoding, n) -> encodings.merge(encoding, n, Long::sum));
    other.refused.forEach((reason, n) -> refused.merge(reason, n, Long::sum));
    values += other.values;
    isSample |= other.isSample;
    every = Math.max(every, other.every);
    spread.putAll(other.spread);
    spread.keySet().removeIf(order -> order % every != 0);
    thin();
  }

  /**
   * About the save in the middle, by watermark or else in the source's order; null where there are
   * too few to tell.
   */
  public @Nullable SaveFacts middle() {
    List<SaveFacts> sorted = new ArrayList<>(spread.values());
    if (sorted.size() < FEWEST_FOR_MIDDLE) {
      return null;
    }
    sorted.sort((a, b) -> a.isBefore(b) ? -1 : b.isBefore(a) ? 1 : 0);
    return sorted.get(sorted.size() / 2);
  }

  private static int log2(long bytes) {
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, bytes));
  }

  /** Whether the source has more saves, which were not looked at. */
  public boolean isSample() {
    return isSample;
  }

  /** The saves that could be read. */
  public long count() {
    return seen.saves();
  }

  public SaveOccurrence seen() {
    return seen;
  }

  /** Sizes in the source. */
  public SizeRange stored() {
    return stored;
  }

  /** Sizes without encodings. */
  public SizeRange pickles() {
    return pickles;
  }

  /** Saves by size: the key's power of two up to the next one, in bytes. */
  public SortedMap<Integer, Long> sizes() {
    return Collections.unmodifiableSortedMap(sizes);
  }

  public SortedMap<Integer, Long> protocols() {
    return Collections.unmodifiableSortedMap(protocols);
  }

  /** Saves by what was around the pickle, like {@code base64+zlib}; empty for nothing. */
  public SortedMap<String, Long> encodings() {
    return Collections.unmodifiableSortedMap(encodings);
  }

  /** Saves that would be quarantined, by reason. */
  public SortedMap<String, Long> refused() {
    return Collections.unmodifiableSortedMap(refused);
  }

  /** Values of all graphs. */
  public long values() {
    return values;
  }
}
