@NullMarked
package io.picklift.schema.tables.walk;

import org.jspecify.annotations.NullMarked;
