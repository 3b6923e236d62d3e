/**
 * The documents of JSON columns: which values of a save they show at which path, and how a server's
 * text is read again. Start with {@code JsonDocuments}.
 */
@NullMarked
package io.picklift.schema.tables.document;

import org.jspecify.annotations.NullMarked;
