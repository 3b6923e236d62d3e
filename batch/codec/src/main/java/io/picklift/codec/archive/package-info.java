@NullMarked
package io.picklift.codec.archive;

import org.jspecify.annotations.NullMarked;
