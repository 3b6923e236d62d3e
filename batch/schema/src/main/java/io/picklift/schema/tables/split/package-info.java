@NullMarked
package io.picklift.schema.tables.split;

import org.jspecify.annotations.NullMarked;
