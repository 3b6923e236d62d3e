package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.PickleShape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Damage: a pickle of a text protocol whose last byte, the full stop that is {@code STOP}, was cut
 * off with the line end behind it.
 */
final class StrippedEnd extends Damage {
  StrippedEnd() {
    super("stripped-end");
  }

  @Override
  public boolean detects(byte[] bytes) {
    return bytes.length > 2
        && (bytes[0] & 0xff) != 0x80
        && PickleShape.of(bytes) == PickleShape.Verdict.CUT;
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    byte[] whole = Arrays.copyOf(text, text.length + 1);
    whole[text.length] = '.';
    return PickleShape.isDone(whole) ? whole : null;
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return List.of("stop");
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    return Arrays.copyOf(inner, inner.length - 1);
  }
}
