package io.picklift.app.job;

import io.picklift.app.source.BlobDecoder;
import io.picklift.app.source.Recoder;
import io.picklift.app.source.Refusal;
import io.picklift.app.source.RefusedException;
import io.picklift.app.source.SourceRow;
import io.picklift.app.source.Unpacked;
import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.graph.GraphDigest;
import io.picklift.codec.graph.SaveGraph;
import io.picklift.codec.pickle.PickleWriter;
import java.util.Arrays;

/** Turns source rows into what the target is to have of them. For one thread. */
final class SaveDecoder {
  private final BlobDecoder blobs;
  private final PickleWriter writer;

  SaveDecoder(BlobDecoder blobs, Limits limits) {
    this.blobs = blobs;
    this.writer = new PickleWriter(limits);
  }

  Outcome decode(SourceRow row) {
    try {
      BlobDecoder.Decoded decoded = blobs.decode(row.blob());
      Unpacked unpacked = decoded.unpacked();
      SaveGraph graph = decoded.graph();
      boolean identical = Arrays.equals(writer.write(graph), unpacked.pickle());
      return new Outcome.Decoded(
          row,
          unpacked.label(),
          unpacked.pickle().length,
          graph,
          GraphDigest.sha256(graph),
          identical ? Recoder.recipe(unpacked) : null);
    } catch (RefusedException e) {
      return new Outcome.Refused(row, e.refusal());
    } catch (CodecException e) {
      return new Outcome.Refused(row, Refusal.of(e));
    }
  }
}
