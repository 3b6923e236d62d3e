package io.picklift.app.job;

import io.picklift.app.source.Encoding;
import io.picklift.app.source.EncodingException;
import io.picklift.app.source.Engine;
import io.picklift.app.source.Recoder;
import io.picklift.app.source.SourceRow;
import io.picklift.app.source.Unpacked;
import io.picklift.app.source.Unpacker;
import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.graph.GraphDigest;
import io.picklift.codec.graph.SaveGraph;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.jython.EnginesDisagreeException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns source rows into graphs, or into the reason why not. For one thread. */
final class SaveDecoder {
  private final Engine engine;
  private final Unpacker unpacker;
  private final PickleWriter writer;
  private final @Nullable List<Encoding> encodings;

  /**
   * @param encodings outermost first; null where the content tells
   */
  SaveDecoder(Engine engine, Limits limits, @Nullable List<Encoding> encodings) {
    this.engine = engine;
    this.unpacker = new Unpacker(limits);
    this.writer = new PickleWriter(limits);
    this.encodings = encodings;
  }

  Outcome decode(SourceRow row) {
    byte[] blob = row.blob();
    if (blob == null) {
      return new Outcome.Refused(row, Refusal.ofNull());
    }
    if (blob.length == 0) {
      return new Outcome.Refused(row, Refusal.ofEmpty());
    }
    try {
      Unpacked unpacked = unpack(blob);
      SaveGraph graph = engine.decode(unpacked.pickle());
      boolean identical = Arrays.equals(writer.write(graph), unpacked.pickle());
      return new Outcome.Decoded(
          row,
          unpacked.label(),
          unpacked.pickle().length,
          graph,
          GraphDigest.sha256(graph),
          identical ? Recoder.recipe(unpacked) : null);
    } catch (EncodingException e) {
      return new Outcome.Refused(row, Refusal.of(e));
    } catch (CodecException e) {
      return new Outcome.Refused(row, Refusal.of(e));
    } catch (EnginesDisagreeException e) {
      return new Outcome.Refused(row, Refusal.of(e));
    }
  }

  private Unpacked unpack(byte[] blob) throws EncodingException {
    return encodings == null ? unpacker.auto(blob) : unpacker.known(blob, encodings);
  }
}
