@NullMarked
package io.picklift.bench;

import org.jspecify.annotations.NullMarked;
