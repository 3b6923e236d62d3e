/**
 * The offset from UTC of a date whose pickle holds a time zone: of {@code datetime}, {@code
 * zoneinfo}, pytz, dateutil and others. A library is never called: the zone's name, offset or table
 * in the pickle tells, and Java's zone rules where the pickle holds a name alone. Which column
 * shows the date does not come in here. Start with {@link io.picklift.schema.zones.ZoneReader}.
 */
@NullMarked
package io.picklift.schema.zones;

import org.jspecify.annotations.NullMarked;
