/**
 * The SHA-256 of what a save means, as {@code proto/DIGEST.md} describes it.
 *
 * <p>What may not come in: anything that differs between two ways to write one meaning. Nothing
 * here may change without a new version of the digest. Start at {@link
 * io.picklift.codec.digest.GraphDigest}.
 */
@NullMarked
package io.picklift.codec.digest;

import org.jspecify.annotations.NullMarked;
