/**
 * What is written down, while saves are migrated, of copies beside a BLOB that do not say the same.
 */
@NullMarked
package io.picklift.app.disagree;

import org.jspecify.annotations.NullMarked;
