/**
 * Ends the way back: exports what saves can be restored by into an archive, proves the archive, and
 * takes Picklift's own tables out of the target. Start reading with {@code Finish}. What the
 * archive looks like is in {@code finish.archive}, and not here.
 */
@NullMarked
package io.picklift.app.finish;

import org.jspecify.annotations.NullMarked;
