package io.picklift.app.rebuild;

import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import org.jspecify.annotations.Nullable;

/** A save that was rebuilt from its rows and its archive. For one thread. */
public final class RebuiltSave {
  private final SaveGraph graph;
  private final byte[] blob;
  private final boolean isEdited;
  private final Limits limits;
  private final boolean isSigned;
  private @Nullable Meaning meaning;

  RebuiltSave(
      SaveGraph graph,
      byte[] blob,
      boolean isEdited,
      boolean isSigned,
      @Nullable Meaning meaning,
      Limits limits) {
    this.graph = graph;
    this.blob = blob;
    this.isEdited = isEdited;
    this.isSigned = isSigned;
    this.meaning = meaning;
    this.limits = limits;
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
   * Whether the BLOB's wrapping holds a signature, which is the old save's where the save was
   * edited: only who has the key can make another.
   */
  public boolean isSigned() {
    return isSigned;
  }
}
