/**
 * The demo: the sample's saves on a database of its own, migrated, verified and queried. Start
 * reading with {@code Demo}. It calls the jobs as commands do; nothing else depends on this
 * package.
 */
@NullMarked
package io.picklift.app.demo;

import org.jspecify.annotations.NullMarked;
