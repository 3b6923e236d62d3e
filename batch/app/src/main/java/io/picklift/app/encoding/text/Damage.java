package io.picklift.app.encoding.text;

import java.util.List;

/** What text columns and transfers do to bytes; each kind happens to a value in one way. */
abstract class Damage extends TextEncoding {
  Damage(String label) {
    super(label);
  }

  @Override
  public final boolean isDamage() {
    return true;
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return List.of("all");
  }
}
