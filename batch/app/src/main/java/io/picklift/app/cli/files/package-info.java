/** The commands over pickle files, which need no database. Start at {@code FilesCommand}. */
@NullMarked
package io.picklift.app.cli.files;

import org.jspecify.annotations.NullMarked;
