/**
 * What to say where an account lacks a right: which, on what, and the statement that grants it.
 * {@code batch/GRANTS.md} lists what each command needs.
 */
@NullMarked
package io.picklift.app.rights;

import org.jspecify.annotations.NullMarked;
