/**
 * The graph as the Protobuf message {@code picklift.graph.v1.SaveGraph} ({@code proto/GRAPH.md}),
 * written straight from the arena, and read with every index checked.
 *
 * <p>What may not come in: other messages. Typed messages of a mapping's tables are {@code
 * schema}'s. Start at {@link io.picklift.codec.protobuf.GraphMessage}.
 */
@NullMarked
package io.picklift.codec.protobuf;

import org.jspecify.annotations.NullMarked;
