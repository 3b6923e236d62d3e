/**
 * One process at a time works on a target: a named lock of the server, and the row of {@code
 * picklift_lock} that says who holds it. Start reading with {@code TargetLock}.
 */
@NullMarked
package io.picklift.app.lock;

import org.jspecify.annotations.NullMarked;
