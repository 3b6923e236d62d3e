@NullMarked
package io.picklift.schema.draft;

import org.jspecify.annotations.NullMarked;
