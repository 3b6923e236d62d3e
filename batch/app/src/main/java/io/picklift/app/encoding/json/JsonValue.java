package io.picklift.app.encoding.json;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.pickle.PickleDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * JSON in a pickle's place, as an application writes it that is changing from the one to the other:
 * what comes out is the pickle of the same value, so that dict and list, text, numbers, booleans
 * and null go through the same mapping. A style is how the text is laid out.
 */
final class JsonValue implements Encoding {
  /** As the configuration, ledger and reports have it. */
  static final String LABEL = "json";

  @Override
  public String label() {
    return LABEL;
  }

  @Override
  public boolean detects(byte[] bytes) {
    return JsonText.mayBegin(bytes);
  }

  @Override
  public List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException {
    try {
      return List.of(JsonPickle.of(bytes, room));
    } catch (IOException | RuntimeException e) {
      // The parser throws about anything, and quotes what it read.
      throw EncodingException.damaged(LABEL);
    }
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return JsonLayout.candidates(ByteLiterals.latin1(outer)).stream()
        .map(JsonLayout::text)
        .toList();
  }

  @Override
  public byte[] make(byte[] inner, String style) throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(inner.length);
    try {
      Limits limits = Limits.defaults();
      new JsonWriter(limits).write(new PickleDecoder(limits).decode(inner), plain);
    } catch (CodecException e) {
      throw new IOException("the value cannot be written as JSON: " + e.getMessage());
    }
    return JsonLayout.parse(style).write(plain.toByteArray());
  }
}
