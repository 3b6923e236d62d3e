/**
 * The graph of a decoded save: flat arrays of nodes, edges and chunks that refer to each other by
 * index ({@code proto/GRAPH.md}).
 *
 * <p>What may not come in: what the values mean, and who reads or writes them; nothing but {@code
 * text} is used here. Start at {@link io.picklift.codec.model.SaveGraph}, then {@link
 * io.picklift.codec.model.Op}; {@link io.picklift.codec.model.GraphBuilder} makes graphs.
 */
@NullMarked
package io.picklift.codec.model;

import org.jspecify.annotations.NullMarked;
