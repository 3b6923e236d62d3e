package io.picklift.app.job;

import io.picklift.app.source.EncodingException;
import io.picklift.app.source.Reason;
import io.picklift.codec.error.CodecException;
import io.picklift.jython.EnginesDisagreeException;
import java.util.List;

/**
 * Why a save is quarantined. Holds nothing of the save but the names that it would have had called.
 *
 * @param reason one of a few words, to group by
 * @param code finer than the reason; the decoder's code where it was the decoder
 * @param message one line for people
 * @param offset in the pickle, in bytes; -1 where that makes no sense
 * @param opcode the opcode's name; empty where that makes no sense
 * @param path where in the object; empty where not known
 * @param names what the pickle names
 */
record Refusal(
    String reason,
    String code,
    String message,
    long offset,
    String opcode,
    String path,
    List<String> names) {

  private static final String ENGINES = "engines-disagree";

  static Refusal ofNull() {
    return plain(Reason.NULL, Reason.NULL, "the BLOB is NULL");
  }

  static Refusal ofEmpty() {
    return plain(Reason.EMPTY, Reason.EMPTY, "the BLOB is empty");
  }

  static Refusal of(EncodingException e) {
    return plain(Reason.of(e), e.code(), String.valueOf(e.getMessage()));
  }

  static Refusal of(CodecException e) {
    return new Refusal(
        Reason.of(e), e.code().code(), e.reason(), e.offset(), e.opcode(), "", List.of());
  }

  static Refusal of(EnginesDisagreeException e) {
    return new Refusal(
        ENGINES, ENGINES, String.valueOf(e.getMessage()), e.offset(), "", e.path(), List.of());
  }

  /** Whether the engines read the save differently: no fault of the save. */
  boolean isByDisagreement() {
    return reason.equals(ENGINES);
  }

  static Refusal wrongRoot(String message, List<String> names) {
    return new Refusal("wrong-root", "wrong-root", message, -1, "", "", names);
  }

  static Refusal plain(String reason, String code, String message) {
    return new Refusal(reason, code, message, -1, "", "", List.of());
  }
}
