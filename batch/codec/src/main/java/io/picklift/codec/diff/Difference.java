package io.picklift.codec.diff;

/**
 * One place in which two saves differ.
 *
 * @param path where, as one would write it in Python: {@code player.r[17].person.ageYears}; empty
 *     for the save itself. What Python has no name for starts with {@code $}, as in JSON: {@code
 *     .$args[0]}
 * @param left what the first has there: a scalar's type and value, at most 60 characters of it; of
 *     anything else the type and size
 * @param right what the second has there
 */
public record Difference(String path, String left, String right) {}
