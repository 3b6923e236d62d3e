/** The whole line on the sample's saves: BLOB, tables, and the proof. */
@NullMarked
package io.picklift.samples.baolife;

import org.jspecify.annotations.NullMarked;
