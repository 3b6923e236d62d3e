package io.picklift.jython;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.model.SaveGraph;

/**
 * Decodes pickles by the unpickler that is written in Python. It gives the graphs and the refusals
 * of {@code io.picklift.codec.pickle.PickleDecoder} and shares no line with it.
 *
 * <p>Any number of threads may use one decoder: each gets an interpreter of its own at its first
 * save (the first of all costs a second or two) and keeps it.
 */
public final class JythonDecoder {
  private static final ThreadLocal<JythonUnpickler> ENGINES =
      ThreadLocal.withInitial(JythonUnpickler::new);

  private final Limits limits;

  public JythonDecoder(Limits limits) {
    this.limits = limits;
  }

  /**
   * Decodes one save.
   *
   * @param pickle the save's bytes; the graph refers to them, so they must not change after this
   * @throws CodecException where the save is refused
   */
  public SaveGraph decode(byte[] pickle) throws CodecException {
    return ENGINES.get().decode(pickle, limits);
  }
}
