/**
 * The pickles that a path stands for: a file, a folder or an archive. Commands over files and
 * {@code source/FileSource} read them here. What may not come in: what a key of the source is
 * compared with, and what becomes of a pickle. Start reading with {@code InputFiles}.
 */
@NullMarked
package io.picklift.app.input;

import org.jspecify.annotations.NullMarked;
