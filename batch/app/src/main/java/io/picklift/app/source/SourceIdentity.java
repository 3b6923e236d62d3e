package io.picklift.app.source;

/**
 * What distinguishes one source from another.
 *
 * @param place schema and table; {@code files} where the saves are in files
 * @param server what the server calls itself, or the path of the files; empty where that is not
 *     known
 * @param gtids the transactions that the server has; empty where it numbers none
 */
public record SourceIdentity(String place, String server, String gtids) {}
