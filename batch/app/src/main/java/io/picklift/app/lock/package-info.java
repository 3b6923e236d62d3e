/** One process at a time works on a target: the lock, and who holds it. */
@NullMarked
package io.picklift.app.lock;

import org.jspecify.annotations.NullMarked;
