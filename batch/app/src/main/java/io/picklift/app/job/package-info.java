/**
 * The Spring Batch jobs {@code migrate} and {@code backfill}: which rows are read, in which ranges
 * and batches, and what a run does when a server fails. Start reading with {@code Jobs}, then
 * {@code JobBeans} for the steps. How one save is decoded or written is in {@code decode} and
 * {@code target}; what is counted is in {@code account}. Verifying is no job of Spring Batch, since
 * it takes no lock and writes no job repository: see {@code verify}.
 *
 * <p>More than 25 classes, since the steps of both jobs and of their workers share {@code
 * JobEnvironment} and {@code RunState}, which no other package is to touch.
 */
@NullMarked
package io.picklift.app.job;

import org.jspecify.annotations.NullMarked;
