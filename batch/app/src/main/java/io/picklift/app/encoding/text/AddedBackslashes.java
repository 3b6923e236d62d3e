package io.picklift.app.encoding.text;

import org.jspecify.annotations.Nullable;

/**
 * Damage: backslashes that were added by what quotes text, to a pickle of a text protocol that
 * still is one. Where it is none any more, undoing the format {@code backslash} or another gives
 * it.
 */
final class AddedBackslashes extends Damage {
  private final Escapes escapes;

  AddedBackslashes(String label, Escapes escapes) {
    super(label);
    this.escapes = escapes;
  }

  @Override
  public boolean detects(byte[] bytes) {
    for (byte b : bytes) {
      if (b == '\\') {
        return true;
      }
    }
    return false;
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    return escapes.read(text, 0, text.length);
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    return escapes.write(inner);
  }
}
