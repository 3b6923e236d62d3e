/** Where saves come from: a table, files and archives, and the encodings around the pickle. */
@NullMarked
package io.picklift.app.source;

import org.jspecify.annotations.NullMarked;
