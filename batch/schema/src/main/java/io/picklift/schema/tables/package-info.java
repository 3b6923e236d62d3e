@NullMarked
package io.picklift.schema.tables;

import org.jspecify.annotations.NullMarked;
