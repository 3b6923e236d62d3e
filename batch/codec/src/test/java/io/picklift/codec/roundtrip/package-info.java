@NullMarked
package io.picklift.codec.roundtrip;

import org.jspecify.annotations.NullMarked;
