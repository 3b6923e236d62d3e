/**
 * What every format around a pickle is: {@link io.picklift.app.encoding.format.Encoding}. Beside it
 * what the formats need: how much may come out ({@code OutputBudget}), and whether bytes have the
 * shape of a pickle.
 */
@NullMarked
package io.picklift.app.encoding.format;

import org.jspecify.annotations.NullMarked;
