/**
 * What a table of saves turns out to hold: classes, attributes, types, who refers to whom. Merged
 * save by save in bounded memory; nothing of a save's values is kept but ranges, lengths, shapes
 * and sketches.
 */
@NullMarked
package io.picklift.schema.profile;

import org.jspecify.annotations.NullMarked;
