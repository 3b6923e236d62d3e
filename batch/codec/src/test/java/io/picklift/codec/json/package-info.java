@NullMarked
package io.picklift.codec.json;

import org.jspecify.annotations.NullMarked;
