/** Whether a source's log can be followed at all, before anything is written. */
@NullMarked
package io.picklift.app.follow.check;

import org.jspecify.annotations.NullMarked;
