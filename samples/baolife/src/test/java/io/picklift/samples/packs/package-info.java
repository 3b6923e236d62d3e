/** The applications' packs: each is loaded, migrated, verified and asked. */
@NullMarked
package io.picklift.samples.packs;

import org.jspecify.annotations.NullMarked;
