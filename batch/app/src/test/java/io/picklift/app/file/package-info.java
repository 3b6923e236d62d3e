@NullMarked
package io.picklift.app.file;

import org.jspecify.annotations.NullMarked;
