/**
 * Saves that were born in the tables: what is kept in the target so that they can be had as pickles
 * ({@code batch/CUTOVER.md}). Start reading with {@code KeptTemplate}. How one is put together is
 * the schema module's.
 */
@NullMarked
package io.picklift.app.birth;

import org.jspecify.annotations.NullMarked;
