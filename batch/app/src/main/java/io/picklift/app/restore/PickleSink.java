package io.picklift.app.restore;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.encoding.Unpacked;
import io.picklift.app.encoding.Unpacker;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.source.SaveKey;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Writes the pickles of restored BLOBs without the encodings around them. */
public final class PickleSink implements RestoredSaves.Sink {
  private final SourceConfig source;
  private final RestoredSaves.Sink next;
  private final Unpacker unpacker;

  public PickleSink(SourceConfig source, RestoredSaves.Sink next) {
    this.source = source;
    this.next = next;
    this.unpacker = new Unpacker(Limits.defaults(), source.repair());
  }

  @Override
  public boolean isForAnyThread() {
    return next.isForAnyThread();
  }

  @Override
  public void save(SaveKey key, byte[] blob) throws SQLException, IOException {
    next.save(key, pickle(key, blob));
  }

  private byte[] pickle(SaveKey key, byte[] blob) throws IOException {
    List<Encoding> stack = source.encoding();
    try {
      Unpacked unpacked = stack == null ? unpacker.auto(blob) : unpacker.known(blob, stack);
      return unpacked.pickle();
    } catch (EncodingException e) {
      throw new IOException(key + ": its BLOB cannot be unwrapped: " + e.getMessage());
    }
  }
}
