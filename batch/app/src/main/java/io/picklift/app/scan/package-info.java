/** One pass over all saves of a source, in parallel and in bounded memory, for what only reads. */
@NullMarked
package io.picklift.app.scan;

import org.jspecify.annotations.NullMarked;
