/** What a run does, as lines of JSON for programs that watch it. */
@NullMarked
package io.picklift.app.event;

import org.jspecify.annotations.NullMarked;
