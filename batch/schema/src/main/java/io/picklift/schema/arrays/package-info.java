/** Numbers and arrays of numpy, and times of pandas, by the layout of their pickles. */
@NullMarked
package io.picklift.schema.arrays;

import org.jspecify.annotations.NullMarked;
