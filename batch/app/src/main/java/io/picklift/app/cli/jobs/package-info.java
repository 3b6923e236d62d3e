/**
 * The commands that run a job over a configuration, and what they say of it. Start at {@code
 * JobCommand}.
 *
 * <p>More than 25 classes, since each command is one, and they share what {@code ConfigCommand} and
 * {@code JobCommand} say for all of them.
 */
@NullMarked
package io.picklift.app.cli.jobs;

import org.jspecify.annotations.NullMarked;
