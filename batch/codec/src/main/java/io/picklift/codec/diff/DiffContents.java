package io.picklift.codec.diff;

import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.NameBytes;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the text, bytes, long integers and names of one save hold, in a form that costs little to
 * compare as often as a pickle has bytes: of what is long a hash, taken once.
 */
final class DiffContents {
  /** Longer content is compared by its hash. */
  private static final int LONGEST_PLAIN = 512;

  private static final long MADE_BASE = 1 << 20;
  private static final int MADE_RATIO = 64;

  private final Meaning meaning;
  private final SaveGraph graph;
  private final MessageDigest sha256;

  /** By node, of what is long. */
  private final Map<Integer, byte[]> hashes = new HashMap<>();

  /** Bytes of long names and folded bytes that may yet be made: many may share one text. */
  private long made;

  DiffContents(Meaning meaning) {
    this.meaning = meaning;
    this.graph = meaning.graph();
    this.made = limit();
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether {@link SaveGraph#source()} holds it as it is, and it is short. */
  boolean isShortSlice(int node) {
    return meaning.isSlice(node) && graph.b(node) <= LONGEST_PLAIN;
  }

  /** The bytes of text, bytes or a bytearray; of long ones a hash. What is made anew is short. */
  byte[] bytes(int node) throws LimitException {
    return switch (graph.op(node)) {
      // An argument of these is a value of its own, and may be long.
      case Op.REDUCE_BYTES, Op.REDUCE_BYTEARRAY -> known(node);
      default -> graph.b(node) > LONGEST_PLAIN ? known(node) : meaning.bytes(node);
    };
  }

  /** The same of an integer that is no long, as two's complement. */
  byte[] integer(int node) throws LimitException {
    return graph.b(node) > LONGEST_PLAIN ? known(node) : meaning.bigInteger(node).toByteArray();
  }

  /** The same of a persistent id's line. */
  byte[] persid(int node) throws LimitException {
    return graph.b(node) > LONGEST_PLAIN ? known(node) : line(node);
  }

  private byte[] line(int node) {
    return Arrays.copyOfRange(graph.source(), graph.a(node), graph.a(node) + graph.b(node));
  }

  private byte[] known(int node) throws LimitException {
    byte[] hash = hashes.get(node);
    if (hash != null) {
      return hash;
    }
    byte[] content =
        switch (meaning.kind(node)) {
          case INT -> meaning.bigInteger(node).toByteArray();
          case PERSID -> line(node);
          default -> meaning.bytes(node);
        };
    spend(content.length);
    if (content.length <= LONGEST_PLAIN) {
      return content;
    }
    // As long as no content that stands plain: the two are never taken for each other.
    hash = Arrays.copyOf(sha256.digest(content), LONGEST_PLAIN + 1);
    hashes.put(node, hash);
    return hash;
  }

  NameBytes name(int node) throws LimitException {
    NameBytes name = meaning.nameBytes(node);
    spend(name.length());
    return name;
  }

  private void spend(int length) throws LimitException {
    if (length > LONGEST_PLAIN) {
      made -= length;
      if (made < 0) {
        throw new LimitException(ErrorCode.LIMIT_OUTPUT, "long values compared", limit(), -1, "");
      }
    }
  }

  private long limit() {
    return MADE_BASE + MADE_RATIO * (long) graph.source().length;
  }

  /** A text that is the same for the same value of a key alone, whichever opcode wrote it. */
  String identify(int node) throws LimitException {
    Kind kind = meaning.kind(node);
    String value =
        switch (kind) {
          case NONE -> "";
          case BOOL -> Boolean.toString(meaning.isTrue(node));
          case INT ->
              meaning.fitsLong(node)
                  ? Long.toString(meaning.longValue(node))
                  : "b" + latin1(integer(node));
          case FLOAT -> Long.toHexString(Double.doubleToLongBits(meaning.floatValue(node)));
          case GLOBAL -> {
            NameBytes name = name(node);
            yield latin1(name.module()) + "\n" + latin1(name.qualname());
          }
          case EXT -> Integer.toString(meaning.number(node));
          default -> latin1(bytes(node));
        };
    return kind.name() + value;
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
