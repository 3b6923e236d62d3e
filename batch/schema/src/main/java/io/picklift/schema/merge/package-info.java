/**
 * Merges a save that was edited in its rows with one that changed in the source. A save has three
 * states here: the base, on which both agreed last; the source's, which is the base with what the
 * old application changed; the target's rows, which are the base's with what was edited. What comes
 * of it is the source's save with rows in which the edits were made again. What may not come in:
 * servers, pickles, and how a save is stored. Start reading with {@code SaveMerge}.
 */
@NullMarked
package io.picklift.schema.merge;

import org.jspecify.annotations.NullMarked;
