/**
 * What whoever runs Picklift for months asks of it. Reads the target alone, takes no lock and
 * changes nothing.
 */
@NullMarked
package io.picklift.app.operate;

import org.jspecify.annotations.NullMarked;
