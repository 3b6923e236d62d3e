/**
 * Rows of the mapped tables in memory, and their way to the server and back: DDL, writing, reading.
 * The only package of this module with SQL; transactions are the caller's. Start with {@code
 * SaveRows}.
 */
@NullMarked
package io.picklift.schema.tables.rows;

import org.jspecify.annotations.NullMarked;
