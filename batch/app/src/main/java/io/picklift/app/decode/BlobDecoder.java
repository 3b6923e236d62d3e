package io.picklift.app.decode;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.encoding.Unpacked;
import io.picklift.app.encoding.Unpacker;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.RecordRule;
import io.picklift.jython.EnginesDisagreeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes BLOBs into graphs, or explains why that is not possible. For one thread. */
public final class BlobDecoder {
  private final DecodingEngine engine;
  private final Unpacker unpacker;
  private final Limits limits;
  private final Diagnosis diagnosis;
  private final @Nullable List<Encoding> encodings;

  /**
   * A BLOB that is a save.
   *
   * @param limits that it was decoded within, and that hold for every step after
   */
  public record Decoded(Unpacked unpacked, SaveGraph graph, Limits limits) {
    public Meaning meaning() throws LimitException {
      return Meaning.of(graph, limits);
    }
  }

  /**
   * @param encodings outermost first; null where the content tells
   */
  public BlobDecoder(
      DecodingEngine.Name engine, Limits limits, @Nullable List<Encoding> encodings) {
    this(engine, limits, encodings, false);
  }

  /**
   * @param encodings outermost first; null where the content tells
   * @param isRepair whether to mend what text columns do to bytes
   */
  public BlobDecoder(
      DecodingEngine.Name engine,
      Limits limits,
      @Nullable List<Encoding> encodings,
      boolean isRepair) {
    this(engine, limits, encodings, isRepair, RecordRule.AUTO);
  }

  /** Decodes what the content tells, and undoes the damage that is proven by it. */
  public static BlobDecoder ofProvenDamage(DecodingEngine.Name engine, Limits limits) {
    return new BlobDecoder(engine, limits, null, Unpacker.ofProvenDamage(limits), RecordRule.AUTO);
  }

  /** Decodes what a source's configuration says that there is. */
  public static BlobDecoder of(DecodingEngine.Name engine, Limits limits, SourceConfig source) {
    return new BlobDecoder(engine, limits, source.encoding(), source.repair(), source.records());
  }

  private BlobDecoder(
      DecodingEngine.Name engine,
      Limits limits,
      @Nullable List<Encoding> encodings,
      boolean isRepair,
      RecordRule records) {
    this(engine, limits, encodings, new Unpacker(limits, isRepair), records);
  }

  private BlobDecoder(
      DecodingEngine.Name engine,
      Limits limits,
      @Nullable List<Encoding> encodings,
      Unpacker unpacker,
      RecordRule records) {
    this.engine = DecodingEngine.create(engine, limits, records);
    this.unpacker = unpacker;
    this.encodings = encodings;
    this.limits = limits;
    this.diagnosis = new Diagnosis(unpacker, encodings);
  }

  /**
   * Decodes what a source row has.
   *
   * @throws RefusedException where it is no save
   */
  public Decoded decode(byte @Nullable [] blob) throws RefusedException {
    if (blob == null) {
      throw new RefusedException(Refusal.ofNull());
    }
    if (blob.length == 0) {
      throw new RefusedException(Refusal.ofEmpty());
    }
    try {
      return decodeWhole(blob);
    } catch (RefusedException e) {
      throw new RefusedException(CutBlob.told(e.refusal(), blob.length));
    }
  }

  private Decoded decodeWhole(byte[] blob) throws RefusedException {
    Unpacked unpacked;
    try {
      unpacked = encodings == null ? unpacker.auto(blob) : unpacker.known(blob, encodings);
    } catch (EncodingException e) {
      throw new RefusedException(diagnosis.undone(blob, e));
    }
    try {
      return new Decoded(unpacked, engine.decode(unpacked.pickle()), limits);
    } catch (CodecException e) {
      throw new RefusedException(refusal(blob, unpacked, e));
    } catch (EnginesDisagreeException e) {
      throw new RefusedException(Refusal.of(e));
    }
  }

  private Refusal refusal(byte[] blob, Unpacked unpacked, CodecException e) {
    Refusal refusal = Refusal.of(e);
    boolean isNone =
        !(e instanceof LimitException)
            && !beginsAsPickle(unpacked.pickle())
            && !Unpacker.isPickle(unpacked);
    return isNone ? diagnosis.none(blob, unpacked) : Diagnosis.inside(refusal, unpacked);
  }

  /** Whether the first opcode is {@code PROTO} of a protocol that there is. */
  private static boolean beginsAsPickle(byte[] bytes) {
    return bytes.length > 1 && bytes[0] == (byte) 0x80 && bytes[1] >= 0 && bytes[1] <= 5;
  }
}
