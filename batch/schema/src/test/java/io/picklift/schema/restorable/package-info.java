/** What was split by earlier builds has to be joined by every later one. */
@NullMarked
package io.picklift.schema.restorable;

import org.jspecify.annotations.NullMarked;
