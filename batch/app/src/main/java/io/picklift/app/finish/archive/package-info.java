/**
 * The archive that {@code finish} leaves, which saves are restored from without a database: {@code
 * batch/FINISH.md} describes it. The doors are {@code ArchiveWriter} and {@code ArchiveReader};
 * both know the target's tables only by a mapping.
 */
@NullMarked
package io.picklift.app.finish.archive;

import org.jspecify.annotations.NullMarked;
