@NullMarked
package io.picklift.schema.tables.document;

import org.jspecify.annotations.NullMarked;
