/** When something is to be done by the clock. Behind the door: cron expressions. */
@NullMarked
package io.picklift.app.schedule;

import org.jspecify.annotations.NullMarked;
