@NullMarked
package io.picklift.app.decode;

import org.jspecify.annotations.NullMarked;
