package io.picklift.codec.testing;

import io.picklift.codec.Limits;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Pickles written by hand: each character of a text is one byte. */
public final class TestPickles {
  private TestPickles() {}

  public static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static SaveGraph decode(String latin1) throws CodecException {
    return new PickleDecoder(Limits.defaults()).decode(bytes(latin1));
  }

  public static Meaning meaning(String latin1) throws CodecException {
    return Meaning.of(decode(latin1), Limits.defaults());
  }

  public static String json(String latin1) throws CodecException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new JsonWriter(Limits.defaults()).write(decode(latin1), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  public static String digest(String latin1) throws CodecException {
    return HexFormat.of().formatHex(GraphDigest.sha256(decode(latin1), Limits.defaults()));
  }

  /** A {@code SHORT_BINUNICODE}. */
  public static String str(String ascii) {
    return "\u008c" + (char) ascii.length() + ascii;
  }

  /** A {@code BINPUT}; {@link #get} fetches it. */
  public static String put(int slot) {
    return "q" + (char) slot;
  }

  public static String get(int slot) {
    return "h" + (char) slot;
  }
}
