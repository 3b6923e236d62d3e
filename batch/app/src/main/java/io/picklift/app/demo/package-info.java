/** The demo: the sample saves, from a table of an embedded database to a proven schema. */
@NullMarked
package io.picklift.app.demo;

import org.jspecify.annotations.NullMarked;
