package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import org.jspecify.annotations.Nullable;

/** Damage: line ends that became those of old Macs, a carriage return each. */
final class LoneCr extends Damage {
  LoneCr() {
    super("cr");
  }

  @Override
  public boolean detects(byte[] bytes) {
    boolean isAny = false;
    for (byte b : bytes) {
      if (b == '\n') {
        return false;
      }
      isAny |= b == '\r';
    }
    return isAny;
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    return ByteLiterals.latin1(ByteLiterals.latin1(text).replace('\r', '\n'));
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    return ByteLiterals.latin1(ByteLiterals.latin1(inner).replace('\n', '\r'));
  }
}
