/**
 * What {@code export} makes of the saves: an {@link ExportArchive} with all saves in one {@link
 * ExportForm}, and the schemas to read them by. {@link FieldNumbers} keeps the numbers of the
 * messages' fields from one export to the next.
 */
@NullMarked
package io.picklift.app.export;

import org.jspecify.annotations.NullMarked;
