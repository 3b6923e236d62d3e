package io.picklift.codec.model;

import io.picklift.codec.text.TextEscapes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bytes behind a text or bytes opcode, whichever way they were written. */
public final class NodeText {
  private NodeText() {}

  /**
   * Whether the value of {@code op} is its slice as it stands, so that it can be read without a
   * copy.
   */
  public static boolean isPlain(int op) {
    return op != Op.STRING && op != Op.UNICODE;
  }

  /**
   * The value of a {@link Kind#STR} (as UTF-8 in which surrogates stand as three bytes) or of a
   * {@link Kind#PY2_STR} or {@link Kind#BYTES} that no {@code REDUCE} made.
   *
   * @param offset operand a of the node
   * @param length operand b of the node
   * @return null where the escapes are wrong, which no node of a decoded graph is
   */
  public static byte @Nullable [] bytes(byte[] source, int op, int offset, int length) {
    return switch (op) {
      case Op.STRING -> TextEscapes.string(source, offset, length);
      case Op.UNICODE -> TextEscapes.unicode(source, offset, length);
      default -> Arrays.copyOfRange(source, offset, offset + length);
    };
  }
}
