/**
 * Copies tables beside the saves into typed, indexed ones. Start at {@code Companions}: it opens
 * the companions of a configuration, copies what is new or changed, and verifies. The companion's
 * own table in the target holds the hash of each source row, so that it tells by itself what is to
 * be done.
 */
@NullMarked
package io.picklift.app.companion;

import org.jspecify.annotations.NullMarked;
