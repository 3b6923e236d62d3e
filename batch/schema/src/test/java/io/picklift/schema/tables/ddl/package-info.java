/** What the server is told of the mapped tables: keys, names, sizes, comments. */
@NullMarked
package io.picklift.schema.tables.ddl;

import org.jspecify.annotations.NullMarked;
