/**
 * Commands over pickle files, which need no database: {@code decode}, {@code repickle}, {@code
 * inspect}, {@code diff}, {@code script}. Start reading with {@code FilesCommand}, which goes
 * through the files and names those that are refused.
 */
@NullMarked
package io.picklift.app.cli.files;

import org.jspecify.annotations.NullMarked;
