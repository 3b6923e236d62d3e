/**
 * What a run would do, found out without writing anything: reads, decodes and maps as the run does,
 * and counts in place of writing.
 */
@NullMarked
package io.picklift.app.dryrun;

import org.jspecify.annotations.NullMarked;
