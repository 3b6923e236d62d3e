/**
 * What all commands share: standard output and error, exit statuses, progress, signals, help. Knows
 * no command. Start at {@code Terminal}.
 */
@NullMarked
package io.picklift.app.cli.terminal;

import org.jspecify.annotations.NullMarked;
