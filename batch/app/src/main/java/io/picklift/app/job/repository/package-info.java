/**
 * Spring Batch's own records in the target: written again where the server was away, told where it
 * lost them, and JSON. Nothing here knows a save. Start reading with {@code RetryingRepository}.
 */
@NullMarked
package io.picklift.app.job.repository;

import org.jspecify.annotations.NullMarked;
