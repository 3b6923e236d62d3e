package io.picklift.app.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a BLOB's encodings were made, so that they can be made again, byte for byte. Only
 * what the Java library itself makes: base64 in its usual forms, zlib by level. Others are kept as
 * they were.
 */
public final class Recoder {
  /** The levels that people use first: the default, the best, the fastest. */
  private static final int[] LEVELS = {6, 9, 1, 5, 7, 8, 4, 3, 2, 0};

  /** Forms of base64. */
  private enum Form {
    PLAIN,
    /** Without the padding. */
    BARE,
    /** A line end after each 76, as Python's {@code encodebytes} does. */
    LINES,
    /** A line end at the end alone, as Python's {@code b2a_base64} does. */
    LINE,
    URL,
    URL_BARE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Recoder() {}

  /**
   * The recipe that makes the BLOB again from its pickle, outermost first, like {@code base64:plain
   * zlib:6}; empty for a bare pickle, null where there is none.
   */
  public static @Nullable String recipe(Unpacked unpacked) {
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < unpacked.stack().size(); i++) {
      byte[] outer = unpacked.layers().get(i);
      boolean innermost = i + 1 == unpacked.stack().size();
      byte[] inner = innermost ? unpacked.pickle() : unpacked.layers().get(i + 1);
      String step = step(unpacked.stack().get(i), outer, inner);
      if (step == null) {
        return null;
      }
      steps.add(step);
    }
    return String.join(" ", steps);
  }

  /** Makes a BLOB from its pickle. */
  public static byte[] encode(byte[] pickle, String recipe) {
    String[] steps = recipe.isEmpty() ? new String[0] : recipe.split(" ", -1);
    byte[] bytes = pickle;
    for (int i = steps.length - 1; i >= 0; i--) {
      int colon = steps[i].indexOf(':');
      String argument = steps[i].substring(colon + 1);
      bytes =
          switch (steps[i].substring(0, colon)) {
            case "base64" -> base64(bytes, Form.valueOf(argument.toUpperCase(Locale.ROOT)));
            case "zlib" -> deflate(bytes, Integer.parseInt(argument));
            default -> throw new IllegalArgumentException("no such encoding recipe: " + recipe);
          };
    }
    return bytes;
  }

  private static @Nullable String step(Encoding encoding, byte[] outer, byte[] inner) {
    if (encoding == Encoding.BASE64) {
      for (Form form : Form.values()) {
        if (Arrays.equals(base64(inner, form), outer)) {
          return "base64:" + form.label();
        }
      }
    } else if (encoding == Encoding.ZLIB) {
      for (int level : LEVELS) {
        // The second byte of the header tells the level, roughly: most candidates need not be
        // tried.
        if (outer[1] == header(level) && Arrays.equals(deflate(inner, level), outer)) {
          return "zlib:" + level;
        }
      }
    }
    return null;
  }

  /** As zlib writes it: levels 0 and 1, 2 to 5, 6, 7 to 9. */
  private static byte header(int level) {
    if (level < 2) {
      return 0x01;
    }
    if (level < 6) {
      return 0x5e;
    }
    return level == 6 ? (byte) 0x9c : (byte) 0xda;
  }

  private static byte[] deflate(byte[] bytes, int level) {
    Deflater deflater = new Deflater(level);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
      byte[] buffer = new byte[1 << 14];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static byte[] base64(byte[] bytes, Form form) {
    return switch (form) {
      case PLAIN -> Base64.getEncoder().encode(bytes);
      case BARE -> Base64.getEncoder().withoutPadding().encode(bytes);
      case LINES -> line(Base64.getMimeEncoder(76, new byte[] {'\n'}).encode(bytes));
      case LINE -> line(Base64.getEncoder().encode(bytes));
      case URL -> Base64.getUrlEncoder().encode(bytes);
      case URL_BARE -> Base64.getUrlEncoder().withoutPadding().encode(bytes);
    };
  }

  private static byte[] line(byte[] encoded) {
    return (new String(encoded, StandardCharsets.US_ASCII) + '\n')
        .getBytes(StandardCharsets.US_ASCII);
  }
}
