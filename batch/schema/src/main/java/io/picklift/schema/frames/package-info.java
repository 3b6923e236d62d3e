/**
 * The tables that pandas and numpy pickle: DataFrames, Series and structured arrays. Tells by the
 * layout of their pickles, without calling anything, how many rows one has, and where the cells of
 * each column are. Values are read in {@code tables.values}, rows are made in {@code tables.walk}.
 * Start with {@link io.picklift.schema.frames.FrameReader}.
 */
@NullMarked
package io.picklift.schema.frames;

import org.jspecify.annotations.NullMarked;
