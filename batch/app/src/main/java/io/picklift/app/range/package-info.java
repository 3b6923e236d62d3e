/**
 * The source's keys cut into ranges, and the sums by which a range whose rows did not change is
 * found. The ledger has the range of each row, so that its rows are summed up alike in whatever
 * order the source sorts its keys. Start reading with {@code RangeComparison}.
 */
@NullMarked
package io.picklift.app.range;

import org.jspecify.annotations.NullMarked;
