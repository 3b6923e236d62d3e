package io.picklift.app.writeback;

import io.picklift.codec.meaning.Meaning;

/**
 * A BLOB for the source, and what it means.
 *
 * @param graphSha256 the digest of its graph, in lower-case hex
 * @param pickleBytes how long its pickle is
 * @param encodings around it, like {@code base64+zlib}
 */
record Restored(
    byte[] blob,
    String sha256,
    String graphSha256,
    long pickleBytes,
    String encodings,
    int protocol,
    Meaning meaning) {}
