/**
 * Which nodes of a graph are rows, and which node each cell is of: by structure and names alone, so
 * that splitting and joining go the same way. It never reads a value that a cell may hold. Start
 * with {@code MappingWalk}.
 */
@NullMarked
package io.picklift.schema.tables.walk;

import org.jspecify.annotations.NullMarked;
