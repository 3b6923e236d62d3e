/**
 * What a run compares with the ledger and what it counts: which source the ledger is of, what
 * became of each of its rows, and the lines that a summary shows. Nothing here writes saves. Start
 * reading with {@code RunCounts} and {@code batch/OUTCOMES.md}.
 */
@NullMarked
package io.picklift.app.account;

import org.jspecify.annotations.NullMarked;
