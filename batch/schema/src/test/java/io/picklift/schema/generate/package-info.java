@NullMarked
package io.picklift.schema.generate;

import org.jspecify.annotations.NullMarked;
