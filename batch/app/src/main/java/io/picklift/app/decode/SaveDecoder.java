package io.picklift.app.decode;

import io.picklift.app.encoding.Recoder;
import io.picklift.app.encoding.Unpacked;
import io.picklift.app.input.LeftOut;
import io.picklift.app.source.SourceRow;
import io.picklift.codec.Limits;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.pickle.PickleWriter;
import java.util.Arrays;

/** Makes a {@link SaveOutcome} of each source row. For one thread. */
public final class SaveDecoder {
  private final BlobDecoder blobs;
  private final Limits limits;
  private final PickleWriter writer;

  public SaveDecoder(BlobDecoder blobs, Limits limits) {
    this.blobs = blobs;
    this.limits = limits;
    this.writer = new PickleWriter(limits);
  }

  public SaveOutcome decode(SourceRow row) {
    LeftOut leftOut = row.leftOut();
    if (leftOut != null) {
      return new SaveOutcome.Refused(row, Refusal.tooLongToRead(leftOut.bytes()));
    }
    try {
      BlobDecoder.Decoded decoded = blobs.decode(row.blob());
      Unpacked unpacked = decoded.unpacked();
      boolean identical = Arrays.equals(writer.write(decoded.graph()), unpacked.pickle());
      Meaning meaning = decoded.meaning();
      return new SaveOutcome.Decoded(
          row,
          unpacked.label(),
          unpacked.pickle().length,
          meaning,
          GraphDigest.sha256(meaning),
          identical ? Recoder.recipe(unpacked, limits) : null);
    } catch (RefusedException e) {
      return new SaveOutcome.Refused(row, e.refusal());
    } catch (CodecException e) {
      return new SaveOutcome.Refused(row, Refusal.of(e));
    }
  }
}
