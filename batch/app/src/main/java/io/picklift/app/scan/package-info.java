/**
 * One pass over all saves of a source, or a sample, by several threads and in bounded memory, for
 * commands that only read. Start reading with {@code Scan}. What is made of the saves is the
 * caller's: {@code profile}, {@code export}.
 */
@NullMarked
package io.picklift.app.scan;

import org.jspecify.annotations.NullMarked;
