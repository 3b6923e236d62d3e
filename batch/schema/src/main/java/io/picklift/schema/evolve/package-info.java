/**
 * From one mapping to the next: what has changed between two of them, which tables have to be
 * written anew for it, and the SQL that says the same. Start reading at {@link
 * io.picklift.schema.evolve.MappingChanges}. Nothing in here asks a server.
 */
@NullMarked
package io.picklift.schema.evolve;

import org.jspecify.annotations.NullMarked;
