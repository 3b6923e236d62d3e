@NullMarked
package io.picklift.schema.export;

import org.jspecify.annotations.NullMarked;
