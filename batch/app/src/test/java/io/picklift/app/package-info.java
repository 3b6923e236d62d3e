@NullMarked
package io.picklift.app;

import org.jspecify.annotations.NullMarked;
