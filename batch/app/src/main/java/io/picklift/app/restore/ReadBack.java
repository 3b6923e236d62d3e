package io.picklift.app.restore;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.codec.Limits;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.LimitException;
import java.util.HexFormat;

/**
 * Reads restored BLOBs as those of the source are read, before they are written, and compares them
 * with what the target's rows say. For one thread.
 */
final class ReadBack {
  private final BlobDecoder decoder;

  ReadBack(DecodingEngine.Name engine, Limits limits, SourceConfig source) {
    this.decoder = BlobDecoder.of(engine, limits, source);
  }

  /**
   * Reads a BLOB.
   *
   * @throws RebuildException where it does not say what the rows say, or cannot be read
   */
  void check(RebuiltSave rebuilt, byte[] blob) throws RebuildException {
    try {
      byte[] read = GraphDigest.sha256(decoder.decode(blob).meaning());
      if (!HexFormat.of().formatHex(read).equals(rebuilt.graphSha256())) {
        throw RebuildException.ofReadBack(
            "its BLOB, read again, does not say what the target's rows say, which is a fault of"
                + " Picklift");
      }
    } catch (RefusedException e) {
      String message = "its BLOB cannot be read again: " + e.refusal().line();
      throw e.refusal().reason().equals("limit")
          ? RebuildException.ofLimit(message)
          : RebuildException.ofReadBack(message);
    } catch (LimitException e) {
      throw RebuildException.ofLimit("its BLOB cannot be read again: " + e.getMessage());
    }
  }
}
