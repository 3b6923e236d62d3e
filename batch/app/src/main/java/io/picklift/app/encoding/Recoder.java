package io.picklift.app.encoding;

import io.picklift.app.encoding.format.Encoding;
import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a pickle again as its BLOB was. A recipe is a text with one step for each encoding,
 * outermost first, each the encoding's name, a colon and its style: {@code base64:plain zlib:6}.
 */
public final class Recoder {
  /** As long as the ledger's column takes. */
  private static final int LONGEST_RECIPE = 4000;

  private Recoder() {}

  /**
   * The recipe that makes the BLOB again from its pickle, byte for byte; empty for a bare pickle,
   * null where there is none.
   */
  public static @Nullable String recipe(Unpacked unpacked, Limits limits) {
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < unpacked.layers().size(); i++) {
      EncodingLayer layer = unpacked.layers().get(i);
      String style = exact(layer.encoding().within(limits), layer.outer(), unpacked.inner(i));
      if (style == null) {
        return null;
      }
      steps.add(layer.encoding().label() + ":" + style);
    }
    String recipe = String.join(" ", steps);
    return recipe.length() > LONGEST_RECIPE ? null : recipe;
  }

  /** The style in which an encoding gives exactly these bytes; null where none does. */
  static @Nullable String exact(Encoding encoding, byte[] outer, byte[] inner) {
    for (String style : encoding.styles(outer, inner)) {
      try {
        if (encoding.gives(outer, inner, style)) {
          return style;
        }
      } catch (IOException | RuntimeException e) {
        // An encoder that fails on what it is asked to try does not give the bytes either.
      }
    }
    return null;
  }

  /**
   * Makes a BLOB from its pickle.
   *
   * @throws LimitException if that takes more than the save may
   * @throws IllegalArgumentException if the recipe is none
   */
  public static byte[] encode(byte[] pickle, String recipe, Limits limits) throws LimitException {
    String[] steps = recipe.isEmpty() ? new String[0] : recipe.split(" ", -1);
    byte[] bytes = pickle;
    for (int i = steps.length - 1; i >= 0; i--) {
      int colon = steps[i].indexOf(':');
      try {
        Encoding encoding = Encodings.find(steps[i].substring(0, colon)).within(limits);
        bytes = encoding.make(bytes, steps[i].substring(colon + 1));
      } catch (IOException | RuntimeException e) {
        if (e.getCause() instanceof LimitException limit) {
          throw limit;
        }
        throw new IllegalArgumentException(
            "the encoding cannot be made again: " + steps[i].substring(0, Math.max(0, colon)), e);
      }
    }
    return bytes;
  }

  /** Whether what a recipe makes holds a signature, which is wrong for any other pickle. */
  public static boolean isSigned(String recipe) {
    for (String step : recipe.isEmpty() ? new String[0] : recipe.split(" ", -1)) {
      int colon = step.indexOf(':');
      if (Encodings.find(step.substring(0, colon)).isSigned(step.substring(colon + 1))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The recipe that wraps another pickle as this one was, as near as can be; null where there is
   * none.
   */
  public static @Nullable String nearest(Unpacked unpacked, Limits limits) {
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < unpacked.layers().size(); i++) {
      EncodingLayer layer = unpacked.layers().get(i);
      byte[] inner = unpacked.inner(i);
      String style = exact(layer.encoding().within(limits), layer.outer(), inner);
      List<String> styles = layer.encoding().styles(layer.outer(), inner);
      if (style == null && styles.isEmpty()) {
        return null;
      }
      steps.add(layer.encoding().label() + ":" + (style == null ? styles.get(0) : style));
    }
    return String.join(" ", steps);
  }
}
