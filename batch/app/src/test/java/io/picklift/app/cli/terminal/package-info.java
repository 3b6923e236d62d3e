@NullMarked
package io.picklift.app.cli.terminal;

import org.jspecify.annotations.NullMarked;
