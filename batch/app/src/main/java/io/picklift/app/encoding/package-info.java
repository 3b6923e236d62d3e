@NullMarked
package io.picklift.app.encoding;

import org.jspecify.annotations.NullMarked;
