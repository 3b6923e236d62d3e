package io.picklift.schema.profile;

import io.picklift.schema.profile.scalar.SizeRange;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The saves as wholes. */
public final class SaveStatistics {
  private final SaveOccurrence seen = new SaveOccurrence();
  private final SizeRange stored = new SizeRange();
  private final SizeRange pickles = new SizeRange();
  private final TreeMap<Integer, Long> sizes = new TreeMap<>();
  private final TreeMap<Integer, Long> protocols = new TreeMap<>();
  private final TreeMap<String, Long> encodings = new TreeMap<>();
  private final TreeMap<String, Long> refused = new TreeMap<>();
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
