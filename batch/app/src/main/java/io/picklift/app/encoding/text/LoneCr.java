package io.picklift.app.encoding.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Damage: line ends that became those of old Macs, a carriage return each. */
final class LoneCr extends TextEncoding {
  LoneCr() {
    super("cr");
  }

  @Override
  public boolean isDamage() {
    return true;
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
    return replaced(text, '\r', '\n');
  }

  private static byte[] replaced(byte[] bytes, char what, char by) {
    byte[] replaced = bytes.clone();
    for (int i = 0; i < replaced.length; i++) {
      if (replaced[i] == what) {
        replaced[i] = (byte) by;
      }
    }
    return replaced;
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return List.of("all");
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    return replaced(inner, '\n', '\r');
  }
}
