/**
 * The commands that read a whole source or database and write files: profile, export, detect, init.
 * Start at {@code ScanCommand}.
 */
@NullMarked
package io.picklift.app.cli.scans;

import org.jspecify.annotations.NullMarked;
