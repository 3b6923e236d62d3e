/**
 * Hands saves over to the tables, and back to the source: {@code batch/CUTOVER.md}. What may not
 * come in: how saves are compared or written. Start reading with {@code Cutover}.
 */
@NullMarked
package io.picklift.app.cutover;

import org.jspecify.annotations.NullMarked;
