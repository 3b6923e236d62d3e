/** Runs the user's own commands after a run; the facts are in their environment. */
@NullMarked
package io.picklift.app.hook;

import org.jspecify.annotations.NullMarked;
