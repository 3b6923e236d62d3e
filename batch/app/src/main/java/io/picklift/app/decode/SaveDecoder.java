package io.picklift.app.decode;

import io.picklift.app.encoding.Recoder;
import io.picklift.app.encoding.Unpacked;
import io.picklift.app.source.SourceRow;
import io.picklift.codec.Limits;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleWriter;
import java.util.Arrays;

/** Turns source rows into what the target is to have of them. For one thread. */
public final class SaveDecoder {
  private final BlobDecoder blobs;
  private final PickleWriter writer;
  private final Limits limits;

  public SaveDecoder(BlobDecoder blobs, Limits limits) {
    this.blobs = blobs;
    this.limits = limits;
    this.writer = new PickleWriter(limits);
  }

  public SaveOutcome decode(SourceRow row) {
    try {
      BlobDecoder.Decoded decoded = blobs.decode(row.blob());
      Unpacked unpacked = decoded.unpacked();
      SaveGraph graph = decoded.graph();
      boolean identical = Arrays.equals(writer.write(graph), unpacked.pickle());
      return new SaveOutcome.Decoded(
          row,
          unpacked.label(),
          unpacked.pickle().length,
          graph,
          GraphDigest.sha256(graph, limits),
          identical ? Recoder.recipe(unpacked) : null);
    } catch (RefusedException e) {
      return new SaveOutcome.Refused(row, e.refusal());
    } catch (CodecException e) {
      return new SaveOutcome.Refused(row, Refusal.of(e));
    }
  }
}
