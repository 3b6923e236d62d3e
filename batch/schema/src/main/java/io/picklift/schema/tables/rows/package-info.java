@NullMarked
package io.picklift.schema.tables.rows;

import org.jspecify.annotations.NullMarked;
