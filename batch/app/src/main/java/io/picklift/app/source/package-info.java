/**
 * Where saves come from: a table, or files and archives, behind {@code SaveSource}. Keys are read
 * page by page, BLOBs by key. Start reading with {@code SaveCursor} and {@code TableSource}.
 * Nothing here decodes a BLOB or knows the target.
 */
@NullMarked
package io.picklift.app.source;

import org.jspecify.annotations.NullMarked;
