/**
 * Saves as typed messages: Protobuf and JSON by the mapping's tables, their schemas, and the lock
 * that keeps field numbers for ever. It reads rows as a split makes them, and knows neither
 * databases nor archives. Start with {@code TypedModel}.
 */
@NullMarked
package io.picklift.schema.export;

import org.jspecify.annotations.NullMarked;
