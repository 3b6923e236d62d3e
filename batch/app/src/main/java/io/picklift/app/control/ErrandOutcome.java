package io.picklift.app.control;

import org.jspecify.annotations.Nullable;

/**
 * What became of a command that was handed over.
 *
 * @param status its exit status
 * @param output what it wrote to standard output
 * @param failure what ended it early; null where it came to its end
 */
public record ErrandOutcome(int status, String output, @Nullable String failure) {}
