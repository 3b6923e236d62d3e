/**
 * A column of the source's own table that gets each save's document: what {@code same-table} asks
 * for. Start with {@code BesideColumn}. Nothing else in Picklift writes into the source.
 */
@NullMarked
package io.picklift.app.beside;

import org.jspecify.annotations.NullMarked;
