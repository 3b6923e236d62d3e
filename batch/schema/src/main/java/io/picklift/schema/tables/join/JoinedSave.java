package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import org.jspecify.annotations.Nullable;

/**
 * A save that was put together.
 *
 * @param meaning of the graph; null where none was made of it, since it was edited
 */
public record JoinedSave(SaveGraph graph, @Nullable Meaning meaning) {}
