/** How much a run has before it, by a bounded sample of the source. */
@NullMarked
package io.picklift.app.estimate;

import org.jspecify.annotations.NullMarked;
