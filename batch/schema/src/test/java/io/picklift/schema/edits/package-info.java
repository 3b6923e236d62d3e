@NullMarked
package io.picklift.schema.edits;

import org.jspecify.annotations.NullMarked;
