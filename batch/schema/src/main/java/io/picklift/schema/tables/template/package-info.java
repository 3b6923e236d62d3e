/**
 * What objects of each class and place look like, taken from the residues of saves that were
 * migrated: new saves are made like these. Start with {@code Template}.
 */
@NullMarked
package io.picklift.schema.tables.template;

import org.jspecify.annotations.NullMarked;
