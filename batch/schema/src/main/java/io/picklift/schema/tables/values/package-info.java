@NullMarked
package io.picklift.schema.tables.values;

import org.jspecify.annotations.NullMarked;
