@NullMarked
package io.picklift.schema.profile.scalar;

import org.jspecify.annotations.NullMarked;
