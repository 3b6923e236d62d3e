package io.picklift.schema.testing;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Saves of a real shape, as CPython 2.7 to 3.13 pickled them, and the mapping that goes with them.
 */
public final class Saves {
  /** Protocols 0, 2, 1, 2 of Python 2.7, 2 of 3.6, then 0 to 5. */
  public static final List<String> NAMES =
      List.of("0001", "0002", "0005", "0006", "0008", "0010", "0013", "0017", "0031", "0041");

  private Saves() {}

  public static byte[] pickle(String name) {
    return resource("/io/picklift/schema/saves/" + name + ".pkl");
  }

  public static Mapping mapping() throws ConfigurationException {
    return Mapping.parse("mapping.yaml", yaml());
  }

  /** The text of {@link #mapping}. */
  public static String yaml() {
    return new String(resource("/io/picklift/schema/saves/mapping.yaml"), StandardCharsets.UTF_8);
  }

  public static SaveGraph decode(byte[] pickle) throws CodecException {
    return new PickleDecoder(Limits.defaults()).decode(pickle);
  }

  public static SaveGraph decodeHex(String hex) throws CodecException {
    return decode(HexFormat.of().parseHex(hex));
  }

  public static byte[] encode(SaveGraph graph) throws CodecException {
    return new PickleWriter(Limits.defaults()).write(graph);
  }

  private static byte[] resource(String name) {
    try (InputStream in = Saves.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
