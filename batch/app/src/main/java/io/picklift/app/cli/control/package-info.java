/** The commands that tell a run which is under way what to do. */
@NullMarked
package io.picklift.app.cli.control;

import org.jspecify.annotations.NullMarked;
