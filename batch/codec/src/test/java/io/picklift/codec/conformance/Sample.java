package io.picklift.codec.conformance;

/**
 * A pickle with what it has to become.
 *
 * @param name tells it in its corpus
 * @param pickle the bytes; not to be changed
 * @param refused whether it must be refused
 * @param expectation where refused {@code OFFSET:OPCODE} (or {@code *}, whatever they are); else
 *     the canonical JSON, or the first 16 digits of its SHA-256 where {@code hashed}
 * @param sameBytes whether the writer has to give the same bytes back
 */
record Sample(
    String name,
    byte[] pickle,
    boolean refused,
    String expectation,
    boolean hashed,
    boolean sameBytes) {}
