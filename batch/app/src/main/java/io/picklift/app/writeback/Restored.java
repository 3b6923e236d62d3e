package io.picklift.app.writeback;

import io.picklift.codec.meaning.Meaning;

/**
 * A BLOB for the source, and what it means.
 *
 * @param graphSha256 the digest of its graph, in lower-case hex
 * @param pickleBytes how long its pickle is
 */
record Restored(
    byte[] blob, String sha256, String graphSha256, long pickleBytes, Meaning meaning) {}
