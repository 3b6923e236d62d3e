@NullMarked
package io.picklift.codec;

import org.jspecify.annotations.NullMarked;
