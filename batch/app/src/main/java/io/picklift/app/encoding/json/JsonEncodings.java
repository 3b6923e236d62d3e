package io.picklift.app.encoding.json;

import io.picklift.app.encoding.format.Encoding;
import java.util.List;

/** The formats of JSON. */
public final class JsonEncodings {
  private static final List<Encoding> FORMATS =
      List.of(new JsonString(), new JsonMember(), new JsonBytes());
  private static final Encoding VALUE = new JsonValue();

  private JsonEncodings() {}

  /** JSON around a pickle. */
  public static List<Encoding> list() {
    return FORMATS;
  }

  /** JSON in a pickle's place. */
  public static Encoding value() {
    return VALUE;
  }
}
