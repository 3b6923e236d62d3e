/**
 * The Spring Batch jobs {@code migrate}, {@code backfill} and {@code verify}: which rows are read,
 * in which ranges and batches, and what a run does when a server fails. Start reading with {@code
 * Jobs}, then {@code JobBeans} for the steps. How one save is decoded, written or compared is in
 * {@code decode}, {@code target} and {@code verify}; what is counted is in {@code account}.
 */
@NullMarked
package io.picklift.app.job;

import org.jspecify.annotations.NullMarked;
