@NullMarked
package io.picklift.codec.text;

import org.jspecify.annotations.NullMarked;
