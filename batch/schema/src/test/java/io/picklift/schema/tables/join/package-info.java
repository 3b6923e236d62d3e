@NullMarked
package io.picklift.schema.tables.join;

import org.jspecify.annotations.NullMarked;
