/** Who is told what a run does and how it ended, beside the person at the terminal. */
@NullMarked
package io.picklift.app.watch;

import org.jspecify.annotations.NullMarked;
