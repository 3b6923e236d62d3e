/**
 * Finds saves whose rows were edited in the target before a run replaces or deletes them. What may
 * not come in: what is done about them, which is {@code target/SaveStore}'s. Start reading with
 * {@code EditedSaves}.
 */
@NullMarked
package io.picklift.app.conflict;

import org.jspecify.annotations.NullMarked;
