@NullMarked
package io.picklift.app.target;

import org.jspecify.annotations.NullMarked;
