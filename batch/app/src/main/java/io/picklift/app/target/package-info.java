/**
 * What Picklift keeps in the target: the mapped tables' rows, the ledger, the archive, the
 * quarantine. Start reading with {@code SavePreparer}, which makes everything that is stored for a
 * save before a transaction is open, and {@code SaveStore}, which writes it in one. Nothing here
 * reads the source or decides which saves are written.
 */
@NullMarked
package io.picklift.app.target;

import org.jspecify.annotations.NullMarked;
