@NullMarked
package io.picklift.schema.merge;

import org.jspecify.annotations.NullMarked;
