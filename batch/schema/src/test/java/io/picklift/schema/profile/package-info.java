@NullMarked
package io.picklift.schema.profile;

import org.jspecify.annotations.NullMarked;
