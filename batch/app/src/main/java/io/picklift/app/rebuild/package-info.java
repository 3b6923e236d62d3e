/**
 * One save out of its rows and its archive: the BLOB again, and whether it is the one that was
 * migrated. Start reading at {@link io.picklift.app.rebuild.SaveRebuilder}. What is done with the
 * BLOB, such as comparing or writing it, is for {@code verify} and {@code restore}.
 */
@NullMarked
package io.picklift.app.rebuild;

import org.jspecify.annotations.NullMarked;
