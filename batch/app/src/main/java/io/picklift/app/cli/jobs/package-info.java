/**
 * The commands that run a job over a configuration, and what they say of it. Start at {@code
 * JobCommand}.
 */
@NullMarked
package io.picklift.app.cli.jobs;

import org.jspecify.annotations.NullMarked;
