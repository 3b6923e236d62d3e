package io.picklift.app.decode;

import io.picklift.app.source.SourceRow;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import org.jspecify.annotations.Nullable;

/** The result of decoding a source row: a graph, or a {@link Refusal}. */
public sealed interface SaveOutcome {
  SourceRow row();

  /**
   * A save that can be written.
   *
   * @param encodings like {@code base64+zlib}
   * @param pickleBytes how long the pickle is
   * @param meaning what the graph says, and within it the graph
   * @param graphSha256 the graph's digest
   * @param recipe how to encode the pickle again; null where the BLOB has to be kept
   */
  record Decoded(
      SourceRow row,
      String encodings,
      int pickleBytes,
      Meaning meaning,
      byte[] graphSha256,
      @Nullable String recipe)
      implements SaveOutcome {
    public SaveGraph graph() {
      return meaning.graph();
    }
  }

  /** A save that is quarantined whole. */
  record Refused(SourceRow row, Refusal refusal) implements SaveOutcome {}
}
