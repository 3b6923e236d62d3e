/**
 * Finds saves that end the process that decodes them. Each run notes in the target which saves it
 * has in hand ({@link io.picklift.app.poison.SavesInHand}). What a process that died had in hand is
 * decoded save by save in the next run, with nothing else being decoded; a save that three
 * processes died of alone is quarantined as {@code poison}.
 */
@NullMarked
package io.picklift.app.poison;

import org.jspecify.annotations.NullMarked;
