/** How SHA-256 is calculated where Java's first compiler alone is at work. */
@NullMarked
package io.picklift.app.digest;

import org.jspecify.annotations.NullMarked;
