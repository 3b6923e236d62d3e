/**
 * Tells how a process is that stays, for a schedule or for the source's log: health as Spring
 * Boot's Actuator tells it, and metrics in Prometheus' format. Start reading with {@code Monitor},
 * which is opened where the configuration has a {@code monitor}; without it nothing here is loaded.
 *
 * <p>Actuator's endpoint and Micrometer's registry are answered by the JDK's own HTTP server. A
 * container of servlets would add a second to the start and 10 MB to the jar, and would live in an
 * application context; the contexts here are those of single runs.
 */
@NullMarked
package io.picklift.app.monitor;

import org.jspecify.annotations.NullMarked;
