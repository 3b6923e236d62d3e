package io.picklift.app.encoding;

import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import io.picklift.app.encoding.text.TextEncodings;
import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.RecordDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells damage that left a pickle of a text protocol a pickle. Such a pickle decodes, and its text
 * says something else. Which of the two the application wrote, the bytes alone do not prove:
 * without {@code repair} the pickle stays as it is, and the damage is named.
 */
final class HiddenDamage {
  /** Text that was converted three times. */
  private static final int MOST = 3;

  private static final int PROTO = 0x80;

  private final Limits limits;
  private final boolean isRepair;

  HiddenDamage(Limits limits, boolean isRepair) {
    this.limits = limits;
    this.isRepair = isRepair;
  }

  /** A pickle without one damage. */
  private record Mended(Encoding damage, byte[] pickle) {}

  /** The same pickle, named as damaged or mended where there is evidence. */
  Unpacked look(Unpacked found) {
    List<EncodingLayer> layers = new ArrayList<>(found.layers());
    byte[] pickle = found.pickle();
    for (int i = 0; i < MOST; i++) {
      Mended mended = mended(pickle, i);
      if (mended == null) {
        break;
      }
      if (!isRepair) {
        return new Unpacked(found.layers(), pickle, mended.damage().label());
      }
      layers.add(new EncodingLayer(mended.damage(), pickle));
      pickle = mended.pickle();
    }
    return layers.size() == found.layers().size() ? found : new Unpacked(layers, pickle);
  }

  /** Without the outermost damage, where there is evidence of one, within so many others. */
  private @Nullable Mended mended(byte[] pickle, int before) {
    if (pickle.length == 0 || (pickle[0] & 0xff) == PROTO) {
      return null;
    }
    for (Encoding damage : TextEncodings.hiddenDamages()) {
      byte[] inner = damage.detects(pickle) ? undone(damage, pickle) : null;
      if (inner != null && isEvident(damage, pickle, inner, before)) {
        return new Mended(damage, inner);
      }
    }
    return null;
  }

  /** Without the damage; null where doing it again does not give the bytes. */
  private byte @Nullable [] undone(Encoding damage, byte[] pickle) {
    try {
      for (byte[] inner : damage.undo(pickle, new OutputBudget(limits, pickle.length))) {
        if (damage.gives(pickle, inner, damage.styles(pickle, inner).get(0))) {
          return inner;
        }
      }
    } catch (EncodingException | IOException e) {
      // It was not damaged so.
    }
    return null;
  }

  /**
   * Whether both are pickles of the same values but for text, which tells which is the right one.
   * It does not where Windows-1252 would leave control characters in text: UTF-8 that the
   * application itself took for Latin-1 gives the same bytes. Such characters may be halves of
   * others that were converted twice; then the next step shows it.
   */
  private boolean isEvident(Encoding damage, byte[] pickle, byte[] inner, int before) {
    try {
      TextEvidence evidence = new TextEvidence(graph(pickle), graph(inner));
      return evidence.isSameShape()
          && evidence.shows(damage)
          && (!TextEncodings.isOfWindows(damage)
              || !evidence.leavesControls()
              || (before + 1 < MOST && mended(inner, before + 1) != null));
    } catch (CodecException e) {
      return false;
    }
  }

  private SaveGraph graph(byte[] pickle) throws CodecException {
    return new RecordDecoder(new PickleDecoder(limits)::decode, limits).decode(pickle);
  }
}
