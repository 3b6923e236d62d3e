/** The command line: what the user types, and what the process answers. */
@NullMarked
package io.picklift.app.cli;

import org.jspecify.annotations.NullMarked;
