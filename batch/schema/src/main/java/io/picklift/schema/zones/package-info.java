/** Time zones by what their pickles say, nothing called. */
@NullMarked
package io.picklift.schema.zones;

import org.jspecify.annotations.NullMarked;
