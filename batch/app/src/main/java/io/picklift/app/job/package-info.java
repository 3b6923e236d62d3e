/** The Spring Batch jobs: migrate, backfill, verify; and what they keep in the target. */
@NullMarked
package io.picklift.app.job;

import org.jspecify.annotations.NullMarked;
