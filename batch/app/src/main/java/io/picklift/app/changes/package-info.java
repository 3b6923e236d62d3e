/**
 * Which saves changed in the tables since they were last written back: {@code batch/CUTOVER.md}.
 * What may not come in: what becomes of a save. Start reading with {@code ChangedSaves}.
 */
@NullMarked
package io.picklift.app.changes;

import org.jspecify.annotations.NullMarked;
