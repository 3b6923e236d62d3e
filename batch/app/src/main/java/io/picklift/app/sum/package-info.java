/**
 * Sums of hashes over rows, which a server makes itself: two sets of rows with equal sums are
 * equal. Source and ledger spell a row alike. Start reading with {@code RowHash}.
 */
@NullMarked
package io.picklift.app.sum;

import org.jspecify.annotations.NullMarked;
