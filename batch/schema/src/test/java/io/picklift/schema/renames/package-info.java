@NullMarked
package io.picklift.schema.renames;

import org.jspecify.annotations.NullMarked;
