@NullMarked
package io.picklift.schema.tables.roundtrip;

import org.jspecify.annotations.NullMarked;
