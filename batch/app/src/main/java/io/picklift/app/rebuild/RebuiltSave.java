package io.picklift.app.rebuild;

import io.picklift.codec.Limits;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A save that was rebuilt from its rows and its archive. For one thread. */
public final class RebuiltSave {
  private static final int MOST_NAMED = 5;

  private final SaveGraph graph;
  private final byte[] blob;
  private final boolean isEdited;
  private final Limits limits;
  private final boolean isSigned;
  private final List<String> unplaced;
  private boolean isLikeOthers;
  private @Nullable Meaning meaning;
  private @Nullable String digest;

  RebuiltSave(
      SaveGraph graph,
      byte[] blob,
      boolean isEdited,
      boolean isSigned,
      @Nullable Meaning meaning,
      @Nullable String digest,
      List<String> unplaced,
      Limits limits) {
    this.graph = graph;
    this.blob = blob;
    this.isEdited = isEdited;
    this.isSigned = isSigned;
    this.meaning = meaning;
    this.digest = digest;
    this.unplaced = unplaced;
    this.limits = limits;
  }

  RebuiltSave likeOthers() {
    isLikeOthers = true;
    return this;
  }

  /** Whether rows and residue alone do not give it: new values are made like those of others. */
  public boolean isLikeOthers() {
    return isLikeOthers;
  }

  /** What rows and residue say. */
  public SaveGraph graph() {
    return graph;
  }

  /** The meaning of {@link #graph}; made at most once. */
  public Meaning meaning() throws LimitException {
    Meaning known = meaning;
    if (known == null) {
      known = Meaning.of(graph, limits);
      meaning = known;
    }
    return known;
  }

  /** The digest of {@link #graph}, in lower-case hex; made at most once. */
  public String graphSha256() throws LimitException {
    String known = digest;
    if (known == null) {
      known = HexFormat.of().formatHex(GraphDigest.sha256(meaning()));
      digest = known;
    }
    return known;
  }

  public byte[] blob() {
    return blob;
  }

  /**
   * Whether values in the tables were changed since the save was migrated. Where they were not, the
   * BLOB has the SHA-256 that the ledger has.
   */
  public boolean isEdited() {
    return isEdited;
  }

  /**
   * Why some of its rows are not in the BLOB, in one line: nothing in the save refers to them. Null
   * where all are.
   */
  public @Nullable String unplaced() {
    if (unplaced.isEmpty()) {
      return null;
    }
    int more = unplaced.size() - MOST_NAMED;
    return "nothing in the save refers to "
        + String.join(", ", unplaced.subList(0, Math.min(MOST_NAMED, unplaced.size())))
        + (more > 0 ? " and " + more + " more" : "")
        + (unplaced.size() == 1
            ? ", so that the pickle is without it: let a row refer to it, or delete it"
            : ", so that the pickle is without them: let rows refer to them, or delete them");
  }

  /**
   * Whether the BLOB's wrapping holds a signature, which is the old save's where the save was
   * edited: only who has the key can make another.
   */
  public boolean isSigned() {
    return isSigned;
  }
}
