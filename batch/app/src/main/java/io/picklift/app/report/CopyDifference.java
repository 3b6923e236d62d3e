package io.picklift.app.report;

/**
 * A place where a copy of a value does not say what the BLOB says.
 *
 * @param column the source's column with the copy
 * @param path where in the save
 * @param blob what the BLOB says, shortened
 * @param copy what the copy says, shortened
 */
public record CopyDifference(String column, String path, String blob, String copy) {}
