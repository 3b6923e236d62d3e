/**
 * Looks at a whole database, reading only, and says which columns hold pickles: {@link
 * io.picklift.app.detect.Detection} goes over the columns, {@code ColumnProbe} reads a bounded
 * sample of one. What a column holds is told by content, never by its name; names only tell the
 * application.
 */
@NullMarked
package io.picklift.app.detect;

import org.jspecify.annotations.NullMarked;
