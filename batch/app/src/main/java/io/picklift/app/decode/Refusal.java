package io.picklift.app.decode;

import io.picklift.app.encoding.DamageNames;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.jython.EnginesDisagreeException;
import java.util.List;
import java.util.Locale;

/**
 * Why nothing is made of a save: the same words whichever command meets it. Holds nothing of the
 * save but the names that it would have had called.
 *
 * <p>The reasons: {@code null}, {@code empty}, {@code not-a-pickle}, {@code plain-text}, {@code
 * json}, {@code damaged}, {@code truncated}, {@code malformed}, {@code limit}, {@code encoding} and
 * {@code engines-disagree} of the BLOB; {@code wrong-root}, {@code unfit}, {@code new} and {@code
 * adapter} under a mapping; {@code refused-by-target} of the target's server; {@code poison} of a
 * save that ends the process, or shows a defect.
 *
 * @param reason one of those words, to group by
 * @param code finer than the reason; the decoder's code where it was the decoder
 * @param message one line for people
 * @param offset in the pickle, in bytes; -1 where that makes no sense
 * @param opcode the opcode's name; empty where that makes no sense
 * @param path where in the object; empty where not known
 * @param names what the pickle names
 */
public record Refusal(
    String reason,
    String code,
    String message,
    long offset,
    String opcode,
    String path,
    List<String> names) {

  private static final String ENGINES = "engines-disagree";
  private static final String LIMIT = "limit";
  private static final String POISON = "poison";

  public Refusal {
    names = List.copyOf(names);
  }

  static Refusal ofNull() {
    return plain("null", "null", "the BLOB is NULL");
  }

  /** Of a save that needs more memory than there is with nothing else being decoded. */
  public static Refusal outOfMemory() {
    return plain(
        LIMIT, "memory", "not enough memory for this save, even alone; give Java a larger -Xmx");
  }

  /** Of a save that there is not enough memory to read, with nothing else at work. */
  public static Refusal tooLongToRead(long bytes) {
    return plain(
        LIMIT,
        "memory",
        String.format(
            Locale.ROOT,
            "the BLOB has %,d bytes: not enough memory to read it, even alone; give Java a larger"
                + " -Xmx",
            bytes));
  }

  /** Of a save that processes died of. */
  public static Refusal poison() {
    return plain(
        POISON,
        "process-died",
        "three processes died while they decoded this save alone; please report it");
  }

  /** Of a save that shows a defect; the exception's message may quote the save. */
  public static Refusal ofDefect(Throwable defect) {
    return plain(
        POISON,
        "defect",
        "decoding it ended with "
            + defect.getClass().getSimpleName()
            + ", an error in picklift itself; please report it");
  }

  static Refusal ofEmpty() {
    return plain("empty", "empty", "the BLOB is empty");
  }

  static Refusal of(EncodingException e) {
    String reason = e.isLimit() ? LIMIT : "encoding";
    reason = e.code().startsWith(DamageNames.CODE) ? "damaged" : reason;
    return plain(reason, e.code(), String.valueOf(e.getMessage()));
  }

  /** Of a save that the decoder, or what works on its graph, refuses. */
  public static Refusal of(CodecException e) {
    return new Refusal(
        reason(e), e.code().code(), e.reason(), e.offset(), e.opcode(), "", List.of());
  }

  static Refusal of(EnginesDisagreeException e) {
    return new Refusal(
        ENGINES, ENGINES, String.valueOf(e.getMessage()), e.offset(), "", e.path(), List.of());
  }

  /** Of a save that has nothing in it of what a mapping has tables for. */
  public static Refusal wrongRoot(List<String> names) {
    String reason = "wrong-root";
    String message = "the mapping has no table for anything in it";
    return new Refusal(reason, reason, message, -1, "", "", names);
  }

  /** Of a save with a value that its column cannot hold, where the mapping does not let it pass. */
  public static Refusal unfit(String message) {
    return plain("unfit", "unfit", message);
  }

  /** Of a save with something that the mapping does not know, and does not let pass. */
  public static Refusal ofNew(String message) {
    return plain("new", "new", message);
  }

  /** Of a save that an adapter cannot compute a column for. */
  public static Refusal ofAdapter(String message) {
    return plain("adapter", "adapter", message);
  }

  /**
   * Of a save whose rows the target's server refuses.
   *
   * @param message not the server's own, which quotes values
   */
  public static Refusal byTarget(int sqlError, String message) {
    return plain("refused-by-target", "sql_" + sqlError, message);
  }

  static Refusal plain(String reason, String code, String message) {
    return new Refusal(reason, code, message, -1, "", "", List.of());
  }

  private static String reason(CodecException e) {
    if (e instanceof LimitException) {
      return LIMIT;
    }
    ErrorCode code = e.code();
    if (code == ErrorCode.TRUNCATED
        || code == ErrorCode.FRAME_LENGTH
        || code == ErrorCode.STOP_MISSING) {
      return "truncated";
    }
    // What fails at its very first byte never was one.
    return e.offset() == 0 ? ContentKind.NOT_A_PICKLE : "malformed";
  }

  /** The same with another message. */
  Refusal withMessage(String other) {
    return new Refusal(reason, code, other, offset, opcode, path, names);
  }

  /** Whether more memory, or another limit, would let the save pass. */
  public boolean isByLimit() {
    return reason.equals(LIMIT);
  }

  /** Whether the engines read the save differently: no fault of the save. */
  public boolean isByDisagreement() {
    return reason.equals(ENGINES);
  }

  /** All of it on one line, for people. */
  public String line() {
    StringBuilder text = new StringBuilder(reason);
    if (offset >= 0) {
      text.append(", at byte ").append(offset);
      text.append(opcode.isEmpty() ? "" : ", " + opcode);
    }
    text.append(": ").append(message);
    if (!names.isEmpty()) {
      text.append("; it names ").append(String.join(", ", names));
    }
    return text.toString();
  }
}
