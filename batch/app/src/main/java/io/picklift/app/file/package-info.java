/**
 * Files that are written whole or not at all. No file under its final name is ever partial: {@link
 * WholeFile} writes under another name and moves the file.
 */
@NullMarked
package io.picklift.app.file;

import org.jspecify.annotations.NullMarked;
