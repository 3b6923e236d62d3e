@NullMarked
package io.picklift.codec.meaning;

import org.jspecify.annotations.NullMarked;
