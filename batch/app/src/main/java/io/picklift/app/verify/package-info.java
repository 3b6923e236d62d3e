/**
 * Compares the source with what the target gives back, save by save. Start reading with {@code
 * SaveVerifier}. Findings are counted and shown in {@code report}; how a BLOB is made again is in
 * {@code rebuild}.
 */
@NullMarked
package io.picklift.app.verify;

import org.jspecify.annotations.NullMarked;
