/** What {@code picklift_archive} holds of a save, bound to it by a checksum. */
@NullMarked
package io.picklift.app.target.archive;

import org.jspecify.annotations.NullMarked;
