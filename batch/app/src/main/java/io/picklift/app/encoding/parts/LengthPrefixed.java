package io.picklift.app.encoding.parts;

import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import io.picklift.app.encoding.format.PickleShape;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pickles one behind the other, each with its length ahead of it, to the value's last byte. Read as
 * a stream of them. A style is how a length is written.
 */
final class LengthPrefixed implements Encoding {
  private static final int SHORTEST = 5;

  @Override
  public String label() {
    return "length-prefixed";
  }

  @Override
  public boolean detects(byte[] bytes) {
    for (LengthForm form : LengthForm.values()) {
      if (bytes.length >= SHORTEST && !form.parts(bytes).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException {
    room.check(bytes.length);
    List<byte[]> found = new ArrayList<>();
    for (LengthForm form : LengthForm.values()) {
      List<LengthForm.Part> parts = form.parts(bytes);
      ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
      boolean isPickles = !parts.isEmpty();
      for (LengthForm.Part part : parts) {
        byte[] pickle = Arrays.copyOfRange(bytes, part.start(), part.end());
        isPickles &= PickleShape.isDone(pickle);
        out.writeBytes(pickle);
      }
      if (isPickles) {
        found.add(out.toByteArray());
      }
    }
    return found;
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    List<String> styles = new ArrayList<>();
    for (LengthForm form : LengthForm.values()) {
      if (!form.parts(outer).isEmpty()) {
        styles.add(form.style());
      }
    }
    return styles;
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    LengthForm form = LengthForm.of(style);
    ByteArrayOutputStream out = new ByteArrayOutputStream(inner.length + 64);
    int at = 0;
    while (at < inner.length) {
      int end = PickleShape.end(inner, at);
      if (end < 0) {
        throw new IllegalArgumentException("what is behind a pickle is none");
      }
      out.writeBytes(form.ahead(end - at));
      out.write(inner, at, end - at);
      out.writeBytes(form.behind());
      at = end;
    }
    return out.toByteArray();
  }
}
