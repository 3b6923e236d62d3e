@NullMarked
package io.picklift.app.cli;

import org.jspecify.annotations.NullMarked;
