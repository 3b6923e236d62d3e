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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * JSON in a pickle's place, as an application writes it that is changing from the one to the other:
 * what comes out is the pickle of the same value, so that dict and list, text, numbers, booleans
 * and null go through the same mapping. A style is how the text is laid out.
 */
final class JsonValue implements Encoding {
  /** As the configuration, ledger and reports have it. */
  static final String LABEL = "json";

  /** Of the save; null where no text is made. */
  private final @Nullable Limits limits;

  JsonValue() {
    this(null);
  }

  private JsonValue(@Nullable Limits limits) {
    this.limits = limits;
  }

  @Override
  public Encoding within(Limits ofSave) {
    return new JsonValue(ofSave);
  }

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
    Limits ofSave = Objects.requireNonNull(limits, "within()");
    ByteArrayOutputStream plain = new ByteArrayOutputStream(inner.length);
    try {
      new JsonWriter(ofSave).write(new PickleDecoder(ofSave).decode(inner), plain);
    } catch (CodecException e) {
      throw new IOException("the value cannot be written as JSON: " + e.getMessage(), e);
    }
    return JsonLayout.parse(style).write(plain.toByteArray());
  }
}
