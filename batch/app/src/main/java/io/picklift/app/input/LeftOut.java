package io.picklift.app.input;

/**
 * A value that there was not enough memory to read, and that stays where it is.
 *
 * @param sha256 in lower-case hex
 */
public record LeftOut(long bytes, String sha256) {}
