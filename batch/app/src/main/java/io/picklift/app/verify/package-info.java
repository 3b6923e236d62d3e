/**
 * Compares the source with what the target gives back, save by save, without the target's lock.
 * Start reading with {@code DirectVerify} for a whole pass, and with {@code SaveVerifier} for one
 * save; {@code SharedVerify} and {@code VerifyScan} have workers do it. Findings are counted and
 * shown in {@code report}; how a BLOB is made again is in {@code rebuild}; what was proven before
 * is in {@code proof}.
 */
@NullMarked
package io.picklift.app.verify;

import org.jspecify.annotations.NullMarked;
