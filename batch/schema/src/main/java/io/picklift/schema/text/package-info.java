/**
 * How things are written in all reports: JSON, HTML, JUnit's XML, the path of a place, hashes of
 * texts. Nothing of saves comes in here. Start with {@code PlacePath}.
 */
@NullMarked
package io.picklift.schema.text;

import org.jspecify.annotations.NullMarked;
