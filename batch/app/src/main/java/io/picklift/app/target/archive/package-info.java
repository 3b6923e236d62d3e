/**
 * The table {@code picklift_archive}: what a save needs besides its rows to be rebuilt (residue,
 * recipe, original), bound to the save by a checksum. Start reading with {@code ArchivedSave}.
 */
@NullMarked
package io.picklift.app.target.archive;

import org.jspecify.annotations.NullMarked;
