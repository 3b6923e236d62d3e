package io.picklift.app.writeback;

import io.picklift.schema.tables.split.SplitSave;
import java.util.Map;

/**
 * What is archived of a save that was made like others, once the source has it: whatever new saves
 * are made like from then on, it stays as it was written. Its rows stay as they are.
 *
 * @param blob as the source has it
 * @param split what it is taken apart into; of that, the residue
 * @param unfitColumns how many values a column cannot hold, like {@code person.age}
 */
record StandAlone(byte[] blob, SplitSave split, Map<String, Long> unfitColumns) {}
