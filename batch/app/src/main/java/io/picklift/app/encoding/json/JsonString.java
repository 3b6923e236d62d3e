package io.picklift.app.encoding.json;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A JSON string around a text. A style says whether it is ASCII alone, as Python writes it. */
final class JsonString implements Encoding {
  @Override
  public String label() {
    return "json-string";
  }

  @Override
  public boolean detects(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == '"' && bytes[bytes.length - 1] == '"';
  }

  @Override
  public List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException {
    room.check(bytes.length);
    String text = JsonText.string(bytes);
    return text == null || text.isEmpty() ? List.of() : List.of(JsonText.bytes(text));
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return List.of("ascii", "utf8");
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    StringBuilder out = new StringBuilder(inner.length + 16);
    JsonText.quote(ByteLiterals.latin1(inner), style.equals("ascii"), out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }
}
