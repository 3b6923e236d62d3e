@NullMarked
package io.picklift.schema.drift;

import org.jspecify.annotations.NullMarked;
