package io.picklift.app.source;

import io.picklift.app.database.Retry;
import io.picklift.app.throttle.Politeness;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a source in the order of its keys, or through one range of them: keys page by page,
 * of each page those that are wanted, and their saves in batches bounded by number and bytes. All
 * commands read this way. For one thread; {@link #read} is for any.
 */
public final class SaveCursor {
  private static final int PAGE = 500;

  /** So many saves, or so many bytes, are a batch. */
  private static final int MOST_SAVES = 500;

  private static final long MOST_BYTES = 8L << 20;

  /** Fewer are not worth another process's while. */
  private static final int LEAST_LEFT = 10;

  /** Of a range with more keys, no more than half of these are kept. */
  private static final int MOST_LOOKED = 20_000;

  private final SaveSource source;
  private @Nullable SaveKey upTo;
  private final boolean versions;
  private final Choice choice;
  private final @Nullable Politeness polite;
  private final boolean isAhead;

  private final Deque<Candidate> candidates = new ArrayDeque<>();
  private @Nullable SaveKey pageEnd;
  private boolean isAtEnd;
  private long met;

  private record Candidate(Place place, boolean isWanted) {}

  private record Fitting(int saves, long bytes) {}

  /** Which saves of a page are to be read. */
  public interface Choice {
    /** All of them. */
    Choice ALL = (page, first) -> Set.copyOf(page.stream().map(KeyState::key).toList());

    /**
     * Chooses.
     *
     * @param first how many keys came before this page
     */
    Set<SaveKey> of(List<KeyState> page, long first) throws SQLException;
  }

  /**
   * A key and its place in the source, from 0.
   *
   * @param order how many keys come before it
   */
  public record Place(SaveKey key, long order) {}

  /**
   * The next stretch of the source.
   *
   * @param wanted what is to be read, bounded; may be empty
   * @param visited how many keys the stretch has, those that are not wanted included
   * @param last the last of them
   * @param bytes how long the BLOBs of what is wanted are
   */
  public record Stretch(List<Place> wanted, long visited, SaveKey last, long bytes) {
    public Stretch {
      wanted = List.copyOf(wanted);
    }

    /** The keys of what is wanted. */
    public List<SaveKey> keys() {
      return wanted.stream().map(Place::key).toList();
    }
  }

  /**
   * Begins.
   *
   * @param after the key before the first; null for the source's beginning
   * @param upTo the last key; null for the source's end
   * @param versions whether {@code choice} needs the versions
   */
  public SaveCursor(
      SaveSource source,
      @Nullable SaveKey after,
      @Nullable SaveKey upTo,
      boolean versions,
      Choice choice) {
    this(source, after, upTo, versions, choice, null, false);
  }

  /**
   * Begins, with pages and batches as large as is polite.
   *
   * @param after the key before the first; null for the source's beginning
   * @param upTo the last key; null for the source's end
   * @param versions whether {@code choice} needs the versions
   * @param polite null where nobody minds
   */
  public SaveCursor(
      SaveSource source,
      @Nullable SaveKey after,
      @Nullable SaveKey upTo,
      boolean versions,
      Choice choice,
      @Nullable Politeness polite) {
    this(source, after, upTo, versions, choice, polite, false);
  }

  /**
   * Begins.
   *
   * @param after the key before the first; null for the source's beginning
   * @param upTo the last key; null for the source's end
   * @param versions whether {@code choice} needs the versions
   * @param polite null where nobody minds
   * @param isAhead whether batches are only read together, and then written bit by bit
   */
  public SaveCursor(
      SaveSource source,
      @Nullable SaveKey after,
      @Nullable SaveKey upTo,
      boolean versions,
      Choice choice,
      @Nullable Politeness polite,
      boolean isAhead) {
    this.polite = polite;
    this.isAhead = isAhead;
    this.source = source;
    this.pageEnd = after;
    this.upTo = upTo;
    this.versions = versions;
    this.choice = choice;
  }

  /** The next stretch, of one page at most where nothing of it is wanted; null at the end. */
  public @Nullable Stretch next() throws SQLException {
    if (candidates.isEmpty() && !nextPage()) {
      return null;
    }
    List<Candidate> taken = new ArrayList<>();
    List<Place> wanted = new ArrayList<>();
    int mostSaves = mostSaves();
    while (wanted.size() < mostSaves && !candidates.isEmpty()) {
      Candidate candidate = candidates.removeFirst();
      taken.add(candidate);
      if (candidate.isWanted()) {
        wanted.add(candidate.place());
      }
    }
    Fitting fits = fitting(wanted);
    if (fits.saves() < wanted.size()) {
      Place first = wanted.get(fits.saves());
      int cut = taken.indexOf(new Candidate(first, true));
      for (int i = taken.size() - 1; i >= cut; i--) {
        candidates.addFirst(taken.get(i));
      }
      taken = taken.subList(0, cut);
      wanted = wanted.subList(0, fits.saves());
    }
    return new Stretch(
        wanted, taken.size(), taken.get(taken.size() - 1).place().key(), fits.bytes());
  }

  /**
   * The end of a cursor that gave up its later half.
   *
   * @param upTo the last key that it still comes to
   * @param rows how many keys are left up to there
   */
  public record Half(SaveKey upTo, long rows) {}

  /**
   * Gives up the later half of what is left; null, and nothing is given up, where that is little.
   */
  public @Nullable Half halve() throws SQLException {
    @Nullable SaveKey from = pageEnd;
    List<KeyState> more =
        isAtEnd ? List.of() : Retry.retrying(() -> source.page(from, upTo, MOST_LOOKED, false));
    int left = candidates.size() + more.size();
    if (left < LEAST_LEFT) {
      return null;
    }
    int kept = left / 2;
    while (candidates.size() > kept) {
      candidates.removeLast();
    }
    SaveKey end =
        candidates.size() == kept
            ? candidates.getLast().place().key()
            : more.get(kept - candidates.size() - 1).key();
    isAtEnd = candidates.size() == kept;
    upTo = end;
    return new Half(end, kept);
  }

  /** How many keys it has read that are in no stretch yet. */
  public int ahead() {
    return candidates.size();
  }

  /** How many of the first fit into memory together; at least one. */
  private Fitting fitting(List<Place> places) throws SQLException {
    List<Long> sizes = Retry.retrying(() -> source.sizes(places.stream().map(Place::key).toList()));
    long mostBytes = mostBytes();
    long bytes = 0;
    for (int i = 0; i < places.size(); i++) {
      long more = sizes.get(i);
      if (bytes + more > mostBytes && i > 0) {
        return new Fitting(i, bytes);
      }
      bytes += more;
    }
    return new Fitting(places.size(), bytes);
  }

  private int mostSaves() {
    if (polite == null) {
      return MOST_SAVES;
    }
    return isAhead ? polite.savesAhead(MOST_SAVES) : polite.saves(MOST_SAVES);
  }

  private long mostBytes() {
    if (polite == null) {
      return MOST_BYTES;
    }
    return isAhead ? polite.bytesAhead(MOST_BYTES) : polite.bytes(MOST_BYTES);
  }

  private boolean nextPage() throws SQLException {
    if (isAtEnd) {
      return false;
    }
    // One number for the question and for telling its end: a size that changed between the two
    // would
    // take a full page for the last.
    int most = polite == null ? PAGE : polite.page(PAGE);
    long began = System.nanoTime();
    List<KeyState> page = Retry.retrying(() -> source.page(pageEnd, upTo, most, versions));
    if (polite != null) {
      boolean isHashed = versions && !source.hasWatermark();
      polite.pageTook(page.size(), PAGE, isHashed, System.nanoTime() - began);
    }
    isAtEnd = page.size() < most;
    if (page.isEmpty()) {
      return false;
    }
    Set<SaveKey> wanted = choice.of(page, met);
    for (KeyState state : page) {
      candidates.add(new Candidate(new Place(state.key(), met++), wanted.contains(state.key())));
    }
    pageEnd = page.get(page.size() - 1).key();
    return true;
  }

  /**
   * Reads saves.
   *
   * @param copies whether to read the copies to check too
   */
  public static SaveBatch read(SaveSource source, Collection<SaveKey> keys, boolean copies)
      throws SQLException {
    List<SaveKey> wanted = List.copyOf(keys);
    List<SourceRow> rows = Retry.retrying(() -> source.read(wanted, copies));
    Set<SaveKey> lost = new LinkedHashSet<>(wanted);
    rows.forEach(row -> lost.remove(row.key()));
    return new SaveBatch(rows, List.copyOf(lost));
  }
}
