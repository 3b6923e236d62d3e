package io.picklift.jython.testing;

import io.picklift.codec.error.CodecException;
import io.picklift.codec.model.SaveGraph;

/** What came of decoding, as text: the whole graph, or the refusal with its code and offset. */
public final class Outcome {
  /** A decoder. */
  @FunctionalInterface
  public interface Decoder {
    SaveGraph decode(byte[] pickle) throws CodecException;
  }

  private Outcome() {}

  public static String of(Decoder decoder, byte[] pickle) {
    try {
      return GraphText.of(decoder.decode(pickle));
    } catch (CodecException e) {
      return "refused: " + e.code() + " at " + e.offset();
    }
  }

  public static boolean isRefused(String outcome) {
    return outcome.startsWith("refused");
  }
}
