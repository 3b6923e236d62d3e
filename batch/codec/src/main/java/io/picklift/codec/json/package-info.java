/**
 * Writes a save as JSON, as {@code proto/JSON.md} describes it, without recursion and up to a
 * limit.
 *
 * <p>What may not come in: reading JSON, and forms that other tools expect. Start at {@link
 * io.picklift.codec.json.JsonWriter}.
 */
@NullMarked
package io.picklift.codec.json;

import org.jspecify.annotations.NullMarked;
