package io.picklift.app.scan;

import io.picklift.app.decode.Refusal;
import io.picklift.codec.model.SaveGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source row as a scan found it: decoded, or refused. */
public sealed interface ScannedSave {
  String key();

  /**
   * A save.
   *
   * @param order its place in the source, from 0
   * @param watermark as the source tells it; null where it does not
   * @param encodings what was around the pickle, outermost first
   * @param storedBytes size in the source
   * @param pickleBytes size of the pickle
   * @param splitValue what its row has in the column that the source is split by; or null
   */
  record Save(
      String key,
      long order,
      @Nullable String watermark,
      List<String> encodings,
      long storedBytes,
      long pickleBytes,
      @Nullable String splitValue,
      SaveGraph graph)
      implements ScannedSave {}

  /**
   * A row that {@code migrate} would quarantine.
   *
   * @param blobSha256 of its BLOB, in lower-case hex; empty for a NULL
   */
  record Refused(String key, Refusal refusal, String blobSha256) implements ScannedSave {
    /** Of a save that was decoded, and cannot be worked on. */
    public Refused(String key, Refusal refusal) {
      this(key, refusal, "");
    }
  }
}
