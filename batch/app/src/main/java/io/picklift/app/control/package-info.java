/** What a run that is under way is told through the table {@code picklift_control}. */
@NullMarked
package io.picklift.app.control;

import org.jspecify.annotations.NullMarked;
