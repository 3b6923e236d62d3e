/**
 * The documents of JSON columns: which values of a save they show at which path, and how a server's
 * text is read again. Columns of other types do not come in here. Start with {@code JsonDocuments}.
 */
@NullMarked
package io.picklift.schema.tables.document;

import org.jspecify.annotations.NullMarked;
