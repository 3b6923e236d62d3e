package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.OutputBudget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes written as text, which gives one value back or none. */
abstract class TextEncoding implements Encoding {
  private final String label;

  TextEncoding(String label) {
    this.label = label;
  }

  @Override
  public final String label() {
    return label;
  }

  /** Reads the text; null where it is no such text. */
  abstract byte @Nullable [] read(byte[] text);

  @Override
  public List<byte[]> undo(byte[] bytes, OutputBudget room)
      throws io.picklift.app.encoding.format.EncodingException {
    // No text is shorter than what it stands for.
    room.check(bytes.length);
    byte[] inner = read(bytes);
    return inner == null || inner.length == 0 ? List.of() : List.of(inner);
  }
}
