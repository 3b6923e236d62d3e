/**
 * How gently a run goes about its servers: batches sized by time, a rate that it keeps, and gauges,
 * each of which makes it wait. {@code Politeness} is what a run asks.
 */
@NullMarked
package io.picklift.app.throttle;

import org.jspecify.annotations.NullMarked;
