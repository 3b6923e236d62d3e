/**
 * {@code accept.yaml}: the findings that someone looked at and accepted, with a reason. Knows
 * findings by their fingerprints and causes by their names alone; {@code report} counts with it.
 */
@NullMarked
package io.picklift.app.accept;

import org.jspecify.annotations.NullMarked;
