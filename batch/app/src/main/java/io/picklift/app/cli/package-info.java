/**
 * The command line. {@code Main} lists the commands, which lie in {@code cli.files} (over pickle
 * files), {@code cli.jobs} (over a source and a target) and {@code cli.scans} (over a source
 * alone). A command has options, calls one class that does the work, prints what it returned and
 * gives an exit status; decisions are made elsewhere.
 */
@NullMarked
package io.picklift.app.cli;

import org.jspecify.annotations.NullMarked;
