@NullMarked
package io.picklift.schema.text;

import org.jspecify.annotations.NullMarked;
