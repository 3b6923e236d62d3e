package io.picklift.app.decode;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.RecordDecoder;
import io.picklift.codec.pickle.RecordRule;
import io.picklift.jython.BothEngines;
import io.picklift.jython.EnginesDisagreeException;
import io.picklift.jython.JythonDecoder;
import java.util.Locale;

/**
 * Decodes pickles into graphs: in Java, on Jython, or both. One thread at a time uses one engine.
 */
public interface DecodingEngine {
  /** Decodes one pickle without running anything that it names. */
  SaveGraph decode(byte[] pickle) throws CodecException;

  /** A new engine for one thread. */
  static DecodingEngine create(Name name, Limits limits) {
    return create(name, limits, RecordRule.AUTO);
  }

  /**
   * The same.
   *
   * @param rule what the pickles of a value are taken for
   */
  static DecodingEngine create(Name name, Limits limits, RecordRule rule) {
    RecordDecoder.Engine engine =
        switch (name) {
          case FAST -> new PickleDecoder(limits)::decode;
          case JYTHON -> new JythonDecoder(limits)::decode;
          case BOTH -> new BothEngines(limits)::decode;
        };
    return new RecordDecoder(engine, limits, rule)::decode;
  }

  /** The engines there are. */
  enum Name {
    /** The opcode engine in Java. */
    FAST,

    /** The unpickler written in Python, on Jython. */
    JYTHON,

    /** Each save by both of them, which have to agree: {@link EnginesDisagreeException}. */
    BOTH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
