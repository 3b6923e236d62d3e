package io.picklift.codec.error;

import java.util.Locale;

/**
 * Why a save was refused. The names are stable: reports and the quarantine table hold them in lower
 * case.
 */
public enum ErrorCode {
  /** An opcode that no protocol has. */
  OPCODE_UNKNOWN,
  /** A {@code PROTO} over 5. */
  PROTOCOL_UNSUPPORTED,
  STACK_UNDERFLOW,
  MARK_MISSING,
  /** A memo get of a slot that nothing was put into. */
  MEMO_UNSET,
  /** A memo index that is no number from 0. */
  MEMO_INDEX,
  /** An argument that ends after the pickle, or a line without its newline. */
  TRUNCATED,
  /** A frame longer than the bytes left. */
  FRAME_LENGTH,
  /** The bytes end before {@code STOP}. */
  STOP_MISSING,
  /** A length below zero. */
  LENGTH_NEGATIVE,
  INTEGER_TEXT,
  FLOAT_TEXT,
  STRING_TEXT,
  UNICODE_TEXT,
  /** A name that is empty or holds what a name cannot. */
  NAME_TEXT,
  /** Text that is not UTF-8. */
  UTF8,
  /** An extension code below 1. */
  EXTENSION_CODE,
  /** An opcode on a value that it cannot be used on. */
  WRONG_TYPE,
  /** Keys and values of a dict that do not pair. */
  ODD_ITEMS,
  /** A value that is no record of ZODB, where {@code records: zodb} says that all are. */
  RECORD_FORM,
  LIMIT_BYTES,
  LIMIT_MEMORY,
  LIMIT_NODES,
  LIMIT_MEMO_ENTRIES,
  LIMIT_TEXT_INTEGER_DIGITS,
  LIMIT_STRING_LENGTH,
  LIMIT_DEPTH,
  LIMIT_OUTPUT,
  LIMIT_UNPACKED,
  /** Bytes that are no graph message or residue of ours; reports have always called it archive. */
  DAMAGED("archive");

  private final String code;

  ErrorCode() {
    code = name().toLowerCase(Locale.ROOT);
  }

  ErrorCode(String code) {
    this.code = code;
  }

  /** The code as reports show it. */
  public String code() {
    return code;
  }
}
