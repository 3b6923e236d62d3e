/**
 * What is done where the heap is too small for several saves at a time: {@code LastResort} does the
 * work again for one save, with no other save being worked on; {@code SpareReader} reads so.
 */
@NullMarked
package io.picklift.app.memory;

import org.jspecify.annotations.NullMarked;
