package io.picklift.app.scan;

import io.picklift.app.source.Encoding;
import io.picklift.app.source.EncodingException;
import io.picklift.app.source.Engine;
import io.picklift.app.source.Reason;
import io.picklift.app.source.Unpacked;
import io.picklift.app.source.Unpacker;
import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.graph.SaveGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes rows. For one thread. */
final class RowDecoder {
  private final Engine engine;
  private final Unpacker unpacker;
  private final @Nullable List<Encoding> encodings;

  RowDecoder(Engine.Name engine, Limits limits, @Nullable List<Encoding> encodings) {
    this.engine = Engine.create(engine, limits);
    this.unpacker = new Unpacker(limits);
    this.encodings = encodings;
  }

  Scanned decode(String key, long order, @Nullable String watermark, byte @Nullable [] blob) {
    if (blob == null) {
      return new Scanned.Refused(key, Reason.NULL, "the BLOB is NULL");
    }
    if (blob.length == 0) {
      return new Scanned.Refused(key, Reason.EMPTY, "the BLOB is empty");
    }
    try {
      Unpacked unpacked = encodings == null ? unpacker.auto(blob) : unpacker.known(blob, encodings);
      SaveGraph graph = engine.decode(unpacked.pickle());
      List<String> labels = unpacked.stack().stream().map(Encoding::label).toList();
      return new Scanned.Save(
          key, order, watermark, labels, blob.length, unpacked.pickle().length, graph);
    } catch (EncodingException e) {
      return new Scanned.Refused(key, Reason.of(e), String.valueOf(e.getMessage()));
    } catch (CodecException e) {
      return new Scanned.Refused(key, Reason.of(e), String.valueOf(e.getMessage()));
    }
  }
}
