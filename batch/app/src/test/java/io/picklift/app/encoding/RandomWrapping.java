package io.picklift.app.encoding;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

/** Wraps a pickle in random stacks of encodings. */
final class RandomWrapping {
  /** No recipe makes these again; such a BLOB is kept. */
  private static final String XZ = "xz";

  private static final String LZMA = "lzma";

  /** What may be wrapped around anything. */
  private static final List<String> STEPS =
      List.of(
          "base64:plain",
          "base64:bare",
          "base64:lines",
          "base64:line",
          "base64:url",
          "base64:url_bare",
          "base64:std.pad.64.DQo..DQo",
          "hex:lower:",
          "hex:upper:",
          "hex:lower:MHg",
          "hex:lower:XHg",
          "hex:upper:WCc",
          "hex-bytes:lower..Og",
          "hex-bytes:upper.MHg.LCA",
          "percent:upper..",
          "percent:lower.plus.Li1f",
          "base32:upper.pad",
          "base32:lower.bare",
          "base32hex:upper.pad",
          "base32hex:lower.bare",
          "quoted-printable:upper.Cg." + literal(" !#$%&'()*+,-./:;<>?@[]^_`{|}~\\\"\n"),
          "quoted-printable:lower.." + literal("-._"),
          "uuencode:" + literal("begin 666 data\n") + ".blank.Cg." + literal(" \nend\n"),
          "uuencode:.tick.Cg." + literal("`\n"),
          "uuencode:.blank.DQo.",
          "base85:plain",
          "ascii85:plain",
          "ascii85:adobe",
          "repr:Yg",
          "python-escape:plain",
          "pg-escape:plain",
          "mysql-escape:plain",
          "zlib:6",
          "zlib:1",
          "zlib:9",
          "deflate:6",
          "gzip:9:"
              + ByteLiterals.of(new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3, 4, 2, (byte) 0xff}),
          "mysql-compress:6",
          "bzip2:9",
          "zstd:3s",
          "lz4:frame",
          "snappy:framed",
          "json-string:ascii",
          "json-member:a." + literal("{\"type\": 1, \"v\": ") + "." + literal("}"),
          "zip:" + literal("log"),
          XZ,
          LZMA);

  /** What stands around text alone, and nothing but bytes that are no text may be around. */
  private static final List<String> BASE64_ONLY =
      List.of(
          "data-url:" + literal("data:application/octet-stream;base64,"),
          "prefix:" + literal("$2$"),
          "quoted:double",
          "quoted:single",
          "prefix:" + literal("0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33:"),
          "django-signed:." + literal(":1xWdJ5:niFktn8MyiQfuX3uP4wIt-yCkXY"),
          "signed:." + literal(".ZkXyzA.niFktn8MyiQfuX3uP4wIt-yCkXY"),
          "blanks:" + literal(" ") + "." + literal("\n"));

  /** Each of two steps, since the inner one is what SQL has in such a literal. */
  private static final List<List<String>> SQL =
      List.of(
          List.of(sql("UNHEX('", "')"), "hex:upper:"),
          List.of(sql("FROM_BASE64('", "')"), "base64:plain"),
          List.of(sql("_binary '", "'"), "mysql-escape:plain"),
          // Not "_binary 0x80": of it, percent-encoding has nothing to encode but the blank.
          List.of(sql("_binary ", " "), "hex:upper:WCc"));

  /** What stands around the pickle itself, where that says its protocol. */
  private static final List<String> INNERMOST =
      List.of(
          "json-bytes:" + literal("[") + "." + literal(", ") + "." + literal("]"),
          "json-bytes:"
              + literal("{\"type\": \"Buffer\", \"data\": [")
              + "."
              + literal(",")
              + "."
              + literal("]}"),
          "length-prefixed:big4",
          "length-prefixed:little8",
          "length-prefixed:netstring");

  private final Random random;

  RandomWrapping(Random random) {
    this.random = random;
  }

  private static String literal(String text) {
    return ByteLiterals.of(ByteLiterals.latin1(text));
  }

  private static String sql(String before, String behind) {
    return "sql-literal:" + literal(before) + "." + literal(behind);
  }

  /**
   * A recipe of up to four steps, outermost first, and what only goes with others or in the end.
   */
  String recipe(byte[] pickle) {
    List<String> steps = new ArrayList<>();
    int count = random.nextInt(5);
    while (steps.size() < count) {
      String step = STEPS.get(random.nextInt(STEPS.size()));
      if (step.equals("base64:url_bare") && random.nextBoolean()) {
        steps.add(BASE64_ONLY.get(random.nextInt(BASE64_ONLY.size())));
      }
      steps.add(step);
      if (random.nextInt(20) == 0) {
        steps.addAll(SQL.get(random.nextInt(SQL.size())));
      }
    }
    if ((pickle[0] & 0xff) == 0x80 && random.nextInt(8) == 0) {
      steps.add(INNERMOST.get(random.nextInt(INNERMOST.size())));
    }
    return String.join(" ", steps);
  }

  byte[] wrap(byte[] pickle, String recipe) throws IOException, LimitException {
    byte[] value = pickle;
    List<String> steps = new ArrayList<>(List.of(recipe.split(" ")));
    Collections.reverse(steps);
    for (String step : steps) {
      value =
          switch (step) {
            case XZ -> packed(value, out -> new XZOutputStream(out, new LZMA2Options(0)));
            case LZMA -> packed(value, out -> new LZMAOutputStream(out, new LZMA2Options(0), -1));
            default -> Recoder.encode(value, step, Limits.defaults());
          };
    }
    return value;
  }

  private interface Packer {
    OutputStream around(OutputStream out) throws IOException;
  }

  private static byte[] packed(byte[] value, Packer packer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = packer.around(bytes)) {
      out.write(value);
    }
    return bytes.toByteArray();
  }
}
