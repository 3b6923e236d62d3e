package io.picklift.app.encoding.text;

import static io.picklift.app.encoding.format.ByteLiterals.isBlank;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * base64: the standard alphabet or the one for URLs, with or without padding, in lines or with
 * blanks in it, and with blanks in place of {@code +}, as a form that was not quoted leaves it.
 */
final class Base64Text implements Encoding {
  private static final int SHORTEST = 4;

  /** Shorter texts are words. */
  private static final int LEAST_CUT = 24;

  /** Of fewer characters nobody appends a pickle. */
  private static final int SHORTEST_PIECE = 12;

  @Override
  public String label() {
    return "base64";
  }

  @Override
  public boolean detects(byte[] bytes) {
    int digits = 0;
    boolean isPadded = false;
    for (byte b : bytes) {
      if (isBlank(b)) {
        continue;
      }
      if (b == '=') {
        isPadded = true;
      } else if (!isDigit(b) || (isPadded && digits < LEAST_CUT)) {
        return false;
      } else {
        digits++;
      }
    }
    return digits >= SHORTEST;
  }

  static boolean isDigit(byte b) {
    return (b >= 'A' && b <= 'Z')
        || (b >= 'a' && b <= 'z')
        || (b >= '0' && b <= '9')
        || b == '+'
        || b == '/'
        || b == '-'
        || b == '_';
  }

  @Override
  public List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException {
    room.check(bytes.length);
    List<byte[]> found = new ArrayList<>();
    String text = ByteLiterals.latin1(bytes);
    add(found, text);
    if (found.isEmpty()) {
      addPieces(found, text);
    }
    String trimmed = text.strip();
    if (trimmed.indexOf(' ') >= 0) {
      add(found, trimmed.replace(' ', '+'));
    }
    return found;
  }

  /** Texts one behind the other, each padded by itself, as when dumps are appended. */
  private static void addPieces(List<byte[]> found, String text) {
    List<byte[]> pieces = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('=', from);
      end = end < 0 ? text.length() : end;
      while (end < text.length() && text.charAt(end) == '=') {
        end++;
      }
      String piece = text.substring(from, end);
      int before = pieces.size();
      if (!piece.isBlank()) {
        add(pieces, piece);
        // "=3D" at the end is quoted-printable's padding.
        if (pieces.size() == before || piece.length() < SHORTEST_PIECE) {
          return;
        }
      }
      from = end;
    }
    if (pieces.size() > 1) {
      found.add(ByteLiterals.join(pieces.toArray(new byte[0][])));
    }
  }

  private static void add(List<byte[]> found, String text) {
    byte[] digits = new byte[text.length()];
    int n = 0;
    int padding = 0;
    boolean isUrl = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=') {
        padding++;
      } else if (!isBlank((byte) c)) {
        if (padding > 0) {
          return;
        }
        isUrl |= c == '-' || c == '_';
        digits[n++] = (byte) c;
      }
    }
    if (padding == 0 && n % 4 == 1 && n > LEAST_CUT) {
      // One digit is no byte: the text was cut, and what there is of it is worth a look.
      n--;
    }
    boolean isWhole = padding == 0 ? n % 4 != 1 : padding <= 2 && (n + padding) % 4 == 0;
    if (!isWhole) {
      return;
    }
    try {
      Base64.Decoder decoder = isUrl ? Base64.getUrlDecoder() : Base64.getDecoder();
      found.add(decoder.decode(Arrays.copyOf(digits, n)));
    } catch (IllegalArgumentException e) {
      // Both alphabets in one text: no base64.
    }
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return List.of(Base64Style.of(ByteLiterals.latin1(outer)).text());
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    return Base64Style.parse(style).write(inner);
  }
}
