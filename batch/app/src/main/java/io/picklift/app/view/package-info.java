/**
 * Saves as people name and see their parts: paths, plain values, an outline with sizes, text that
 * is safe on a terminal. Start reading with {@code SaveView}. Nothing here reads files or
 * databases.
 */
@NullMarked
package io.picklift.app.view;

import org.jspecify.annotations.NullMarked;
