package io.picklift.app.account;

/**
 * Values that a column could not hold.
 *
 * @param count how many
 * @param example the key of a save that has one
 */
public record UnfitValues(long count, String example) {}
