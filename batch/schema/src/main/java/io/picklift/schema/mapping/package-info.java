@NullMarked
package io.picklift.schema.mapping;

import org.jspecify.annotations.NullMarked;
