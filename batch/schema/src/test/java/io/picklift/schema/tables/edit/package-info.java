@NullMarked
package io.picklift.schema.tables.edit;

import org.jspecify.annotations.NullMarked;
