/**
 * Values with several pickles that more than their order holds together: each behind its length,
 * one of them compressed, or each a member of a form. The first two are read as a stream of
 * pickles; of a form, one member is the save.
 */
@NullMarked
package io.picklift.app.encoding.parts;

import org.jspecify.annotations.NullMarked;
