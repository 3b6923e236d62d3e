/** What a target keeps, and targets that other versions of Picklift made. */
@NullMarked
package io.picklift.app.target;

import org.jspecify.annotations.NullMarked;
